package io.presence.internal.cluster;

/**
 * Collects operations and makes frames of them, each with as many as fit.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
abstract class FrameBuilder {

    private static final int CAPACITY = 256;

    private final int space;
    private final NodeId origin;
    private final int maxBytes;
    private final FrameBuffer body = new FrameBuffer(CAPACITY);
    private final OperationWriter writer;
    private int count;

    /**
     * Creates an empty builder.
     *
     * @param maxBytes the maximum size of a frame that has more than one operation
     */
    FrameBuilder(int space, NodeId origin, int maxBytes) {
        this.space = space;
        this.origin = origin;
        this.maxBytes = maxBytes;
        this.writer = new OperationWriter(origin, body);
    }

    /** The bytes between the header and the number of operations. */
    abstract int prefixBytes();

    /** The bytes of the frame with the operations so far. */
    final int size() {
        return FrameFormat.HEADER_BYTES + prefixBytes() + FrameBuffer.varintLength(count) + body.size();
    }

    /** The body of the frame, to which something can be written before an operation. */
    final FrameBuffer body() {
        return body;
    }

    final boolean isEmpty() {
        return count == 0;
    }

    /** The number of operations so far. */
    final int count() {
        return count;
    }

    /**
     * Adds an operation, unless the frame would be larger than the maximum. The first one is always added.
     *
     * @param before the size of the body to go back to
     * @return false if it was not added
     */
    final boolean add(Operation operation, int before) {
        writer.write(operation);
        count++;
        if (count == 1 || size() <= maxBytes) {
            return true;
        }
        body.truncate(before);
        count--;
        return false;
    }

    /** Starts a frame of the operations so far. */
    final FrameBuffer header(int kind) {
        return FrameWriter.header(size(), kind, space, origin);
    }

    /** Completes a frame whose prefix is written, and starts the next one. */
    final byte[] complete(FrameBuffer out) {
        out.putVarint(count);
        out.putAll(body);
        body.truncate(0);
        count = 0;
        return out.toBytes();
    }
}
