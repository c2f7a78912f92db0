package io.presence.internal.cluster;

/** Makes the binary form of frames, in the form of {@link FrameFormat}. */
final class FrameWriter {

    private static final int SMALL_FRAME = 64;

    private FrameWriter() {}

    static byte[] write(Frame frame) {
        if (frame instanceof Frame.Delta delta) {
            return write(delta);
        }
        if (frame instanceof Frame.Chunk chunk) {
            return write(chunk);
        }
        if (frame instanceof Frame.Digest digest) {
            return write(digest);
        }
        return frame instanceof Frame.Pull pull ? write(pull) : write((Frame.Bye) frame);
    }

    private static byte[] write(Frame.Delta delta) {
        DeltaBuilder builder = new DeltaBuilder(delta.space(), delta.origin(), delta.fromRevision(), Integer.MAX_VALUE);
        delta.operations().forEach(builder::add);
        return builder.finish();
    }

    private static byte[] write(Frame.Chunk chunk) {
        ChunkBuilder builder = new ChunkBuilder(
                chunk.space(), chunk.origin(), chunk.nonce(), chunk.revision(), chunk.part(), Integer.MAX_VALUE);
        chunk.copies().forEach(builder::add);
        return builder.finish(chunk.isLast());
    }

    private static byte[] write(Frame.Digest digest) {
        FrameBuffer out = header(SMALL_FRAME, FrameFormat.DIGEST, digest.space(), digest.origin());
        out.putVarint(digest.revision());
        out.putVarint(digest.size());
        out.putLong(digest.hash());
        return out.toBytes();
    }

    private static byte[] write(Frame.Pull pull) {
        FrameBuffer out = header(SMALL_FRAME, FrameFormat.PULL, pull.space(), pull.origin());
        out.putNode(pull.of());
        out.putLong(pull.nonce());
        out.putVarint(pull.haveRevision());
        return out.toBytes();
    }

    private static byte[] write(Frame.Bye bye) {
        FrameBuffer out = header(SMALL_FRAME, FrameFormat.BYE, bye.space(), bye.origin());
        out.putVarint(bye.revision());
        out.putVarint(bye.holdMillis());
        return out.toBytes();
    }

    /** Returns a buffer that has a header. */
    static FrameBuffer header(int capacity, int kind, int space, NodeId origin) {
        FrameBuffer out = new FrameBuffer(capacity);
        out.putByte(FrameFormat.MAJOR);
        out.putByte(FrameFormat.MINOR);
        out.putByte(kind);
        out.putByte(space);
        out.putNode(origin);
        return out;
    }
}
