package io.presence.internal.cluster;

/** Collects the successive changes of a node and makes frames of them. */
final class DeltaBuilder extends FrameBuilder {

    private long fromRevision;

    /**
     * Creates an empty builder.
     *
     * @param fromRevision the revision before the first operation
     * @param maxBytes the maximum size of a frame that has more than one operation
     */
    DeltaBuilder(int space, NodeId origin, long fromRevision, int maxBytes) {
        super(space, origin, maxBytes);
        this.fromRevision = fromRevision;
    }

    /**
     * Adds the next operation, unless the frame would be larger than the maximum. The first operation of a frame is
     * always added.
     *
     * @return false if it was not added: then {@link #finish} first
     */
    boolean add(Operation operation) {
        return add(operation, body().size());
    }

    @Override
    int prefixBytes() {
        return FrameBuffer.varintLength(fromRevision);
    }

    /** Returns a frame of the operations so far, and starts the next one at the revision of the last of them. */
    byte[] finish() {
        FrameBuffer out = header(FrameFormat.DELTA);
        out.putVarint(fromRevision);
        fromRevision += count();
        return complete(out);
    }
}
