package io.presence.internal.cluster;

/**
 * Collects the presences of a snapshot and makes the chunks of it, each with as many as fit.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class ChunkBuilder {

    private static final int CAPACITY = 256;

    private final int space;
    private final NodeId origin;
    private final long nonce;
    private final long revision;
    private final int maxBytes;
    private final FrameBuffer copies = new FrameBuffer(CAPACITY);
    private final OperationWriter writer;
    private int part;
    private int count;

    /**
     * Creates an empty builder of the first chunk.
     *
     * @param maxBytes the maximum size of a frame that has more than one presence
     */
    ChunkBuilder(int space, NodeId origin, long nonce, long revision, int maxBytes) {
        this(space, origin, nonce, revision, 0, maxBytes);
    }

    ChunkBuilder(int space, NodeId origin, long nonce, long revision, int part, int maxBytes) {
        this.space = space;
        this.origin = origin;
        this.nonce = nonce;
        this.revision = revision;
        this.part = part;
        this.maxBytes = maxBytes;
        this.writer = new OperationWriter(origin, copies);
    }

    /**
     * Adds a presence, unless the chunk would be larger than the maximum. The first one of a chunk is always added.
     *
     * @return false if it was not added: then {@link #finish} first
     */
    boolean add(Copy copy) {
        int before = copies.size();
        copies.putVarint(copy.revision());
        writer.write(copy.put());
        count++;
        if (count == 1 || size() <= maxBytes) {
            return true;
        }
        copies.truncate(before);
        count--;
        return false;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The bytes of the chunk with the presences so far. */
    int size() {
        return FrameFormat.HEADER_BYTES
                + Long.BYTES
                + FrameBuffer.varintLength(revision)
                + FrameBuffer.varintLength(part)
                + 1
                + FrameBuffer.varintLength(count)
                + copies.size();
    }

    /** Returns a chunk of the presences so far, and starts the next part. */
    byte[] finish(boolean isLast) {
        FrameBuffer out = FrameWriter.header(size(), FrameFormat.CHUNK, space, origin);
        out.putLong(nonce);
        out.putVarint(revision);
        out.putVarint(part);
        out.putByte(isLast ? FrameFormat.IS_LAST : 0);
        out.putVarint(count);
        out.putAll(copies);
        copies.truncate(0);
        part++;
        count = 0;
        return out.toBytes();
    }
}
