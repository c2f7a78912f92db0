package io.presence.cluster;

import java.io.ByteArrayOutputStream;

/** The first revision of a frame, as bytes: of a delta the one before it, of a digest or a chunk its own. */
final class RevisionField {

    private static final int HEADER = 20;
    private static final int NONCE = 8;
    private static final int BITS = 7;
    private static final int MORE = 0x80;

    private RevisionField() {}

    private static int start(byte[] frame) {
        return ProbeTransport.kind(frame) == ProbeTransport.CHUNK ? HEADER + NONCE : HEADER;
    }

    static long of(byte[] frame) {
        long revision = 0;
        int at = start(frame);
        for (int shift = 0; ; shift += BITS) {
            revision |= (long) (frame[at] & ~MORE) << shift;
            if ((frame[at++] & MORE) == 0) {
                return revision;
            }
        }
    }

    /** Returns a frame that says another revision. */
    static byte[] with(byte[] frame, long revision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int start = start(frame);
        out.write(frame, 0, start);
        long left = revision;
        for (; left >= MORE; left >>>= BITS) {
            out.write((int) (left | MORE));
        }
        out.write((int) left);
        int end = start;
        while ((frame[end] & MORE) != 0) {
            end++;
        }
        out.write(frame, end + 1, frame.length - end - 1);
        return out.toByteArray();
    }
}
