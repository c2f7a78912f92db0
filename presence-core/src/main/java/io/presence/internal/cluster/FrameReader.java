package io.presence.internal.cluster;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a frame that another node sent. Everything in it is validated, and the memory used is at most proportional to
 * its length.
 */
final class FrameReader {

    private static final String REVISION = "revision";
    /* An opcode and a length. */
    private static final int LEAST_OPERATION = 2;

    private final FrameInput in;
    private final int space;
    private final NodeId origin;

    private FrameReader(FrameInput in, int space, NodeId origin) {
        this.in = in;
        this.space = space;
        this.origin = origin;
    }

    /**
     * Returns a frame.
     *
     * @return null for a frame of a kind that this version does not know, which is to be skipped
     * @throws FrameException if it is malformed or of another major version; nothing else is thrown
     */
    static @Nullable Frame read(byte[] frame) {
        FrameInput in = new FrameInput(frame);
        int major = in.readByte("version");
        if (major != FrameFormat.MAJOR) {
            throw new FrameException("version must be " + FrameFormat.MAJOR + ": " + major);
        }
        in.readByte("version");
        int kind = in.readByte("kind");
        int space = in.readByte("space");
        NodeId origin = in.readNode("origin");
        return new FrameReader(in, space, origin).readBody(kind);
    }

    private @Nullable Frame readBody(int kind) {
        return switch (kind) {
            case FrameFormat.DELTA -> readDelta();
            case FrameFormat.DIGEST -> readDigest();
            case FrameFormat.PULL -> readPull();
            case FrameFormat.CHUNK -> readChunk();
            case FrameFormat.BYE -> readBye();
            default -> null;
        };
    }

    private int checkedSpace() {
        return (int) FrameInput.inRange("space", space, 0, FrameFormat.LOCK_SPACE);
    }

    private long readRevision() {
        return in.readVarint(REVISION, 0, FrameFormat.MAX_REVISION);
    }

    private Frame readDelta() {
        OperationReader reader = new OperationReader(in, checkedSpace(), origin);
        long fromRevision = readRevision();
        int count = in.readCount("operations", LEAST_OPERATION);
        FrameInput.inRange(REVISION, fromRevision + count, 0, FrameFormat.MAX_REVISION);
        List<Operation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            operations.add(reader.read());
        }
        return new Frame.Delta(space, origin, fromRevision, operations);
    }

    private Frame readDigest() {
        return new Frame.Digest(
                checkedSpace(),
                origin,
                readRevision(),
                in.readVarint("size", 0, FrameFormat.MAX_REVISION),
                in.readLong("hash"));
    }

    private Frame readPull() {
        return new Frame.Pull(checkedSpace(), origin, in.readNode("of"), in.readLong("nonce"), readRevision());
    }

    private Frame readChunk() {
        OperationReader reader = new OperationReader(in, checkedSpace(), origin);
        long nonce = in.readLong("nonce");
        long revision = readRevision();
        int part = (int) in.readVarint("part", 0, FrameFormat.MAX_PART);
        boolean isLast = (in.readByte("flags") & FrameFormat.IS_LAST) != 0;
        return new Frame.Chunk(space, origin, nonce, revision, part, isLast, readCopies(reader));
    }

    /* Copies of an unknown opcode are left out. */
    private List<Copy> readCopies(OperationReader reader) {
        int count = in.readCount("copies", 1 + LEAST_OPERATION);
        List<Copy> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long revision = readRevision();
            Operation operation = reader.read();
            if (operation instanceof Put put) {
                copies.add(new Copy(revision, put));
            } else if (operation instanceof End) {
                throw new FrameException("copies must be puts: an end");
            }
        }
        return copies;
    }

    private Frame readBye() {
        long revision = readRevision();
        long hold = in.readVarint("holdMillis", 0, FrameFormat.MAX_HOLD_MILLIS);
        return new Frame.Bye(checkedSpace(), origin, revision, hold);
    }
}
