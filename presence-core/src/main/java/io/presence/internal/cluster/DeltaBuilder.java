package io.presence.internal.cluster;

/**
 * Collects the successive changes of a node and makes frames of them, each with as many as fit.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class DeltaBuilder {

    private static final int CAPACITY = 256;

    private final int space;
    private final NodeId origin;
    private final int maxBytes;
    private final FrameBuffer operations = new FrameBuffer(CAPACITY);
    private final OperationWriter writer;
    private long fromRevision;
    private int count;

    /**
     * Creates an empty builder.
     *
     * @param fromRevision the revision before the first operation
     * @param maxBytes the maximum size of a frame that has more than one operation
     */
    DeltaBuilder(int space, NodeId origin, long fromRevision, int maxBytes) {
        this.space = space;
        this.origin = origin;
        this.fromRevision = fromRevision;
        this.maxBytes = maxBytes;
        this.writer = new OperationWriter(origin, operations);
    }

    /**
     * Adds the next operation, unless the frame would be larger than the maximum. The first operation of a frame is
     * always added.
     *
     * @return false if it was not added: then {@link #finish} first
     */
    boolean add(Operation operation) {
        int before = operations.size();
        writer.write(operation);
        count++;
        if (count == 1 || size() <= maxBytes) {
            return true;
        }
        operations.truncate(before);
        count--;
        return false;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The bytes of the frame with the operations so far. */
    int size() {
        return FrameFormat.HEADER_BYTES
                + FrameBuffer.varintLength(fromRevision)
                + FrameBuffer.varintLength(count)
                + operations.size();
    }

    /** Returns a frame of the operations so far, and starts the next one at the revision of the last of them. */
    byte[] finish() {
        FrameBuffer out = FrameWriter.header(size(), FrameFormat.DELTA, space, origin);
        out.putVarint(fromRevision);
        out.putVarint(count);
        out.putAll(operations);
        operations.truncate(0);
        fromRevision += count;
        count = 0;
        return out.toBytes();
    }
}
