package io.presence.internal.cluster;

/** Collects the presences of a snapshot and makes the chunks of it. */
final class ChunkBuilder extends FrameBuilder {

    private final long nonce;
    private final long revision;
    private int part;

    /**
     * Creates an empty builder of the first chunk.
     *
     * @param maxBytes the maximum size of a frame that has more than one presence
     */
    ChunkBuilder(int space, NodeId origin, long nonce, long revision, int maxBytes) {
        this(space, origin, nonce, revision, 0, maxBytes);
    }

    ChunkBuilder(int space, NodeId origin, long nonce, long revision, int part, int maxBytes) {
        super(space, origin, maxBytes);
        this.nonce = nonce;
        this.revision = revision;
        this.part = part;
    }

    /**
     * Adds a presence, unless the chunk would be larger than the maximum. The first one of a chunk is always added.
     *
     * @return false if it was not added: then {@link #finish} first
     */
    boolean add(Copy copy) {
        int before = body().size();
        body().putVarint(copy.revision());
        return add(copy.put(), before);
    }

    @Override
    int prefixBytes() {
        return Long.BYTES + FrameBuffer.varintLength(revision) + FrameBuffer.varintLength(part) + 1;
    }

    /** Returns a chunk of the presences so far, and starts the next part. */
    byte[] finish(boolean isLast) {
        FrameBuffer out = header(FrameFormat.CHUNK);
        out.putLong(nonce);
        out.putVarint(revision);
        out.putVarint(part);
        out.putByte(isLast ? FrameFormat.IS_LAST : 0);
        part++;
        return complete(out);
    }
}
