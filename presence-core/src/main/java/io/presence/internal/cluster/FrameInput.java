package io.presence.internal.cluster;

import java.util.Arrays;

/**
 * A position in the bytes of a frame, from which the primitive values of {@link FrameFormat} are read. Each method
 * throws a {@link FrameException} if the value is malformed or out of its range, and allocates nothing before all its
 * bytes are known to be there. The names are for errors.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class FrameInput {

    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] bytes;
    private int position;
    private int limit;

    FrameInput(byte[] bytes) {
        this.bytes = bytes;
        this.limit = bytes.length;
    }

    private int remaining() {
        return limit - position;
    }

    private void require(String name, int length) {
        if (length > remaining()) {
            throw new FrameException(name + " must have at least " + length + " bytes: " + remaining());
        }
    }

    int readByte(String name) {
        require(name, 1);
        return bytes[position++] & 0xFF;
    }

    int readInt(String name) {
        return (int) readHighest(name, Integer.BYTES);
    }

    long readLong(String name) {
        return readHighest(name, Long.BYTES);
    }

    private long readHighest(String name, int count) {
        require(name, count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    NodeId readNode(String name) {
        return new NodeId(readLong(name), readLong(name));
    }

    /** Reads a number without a sign. */
    long readVarint(String name, long min, long max) {
        long value = rawVarint(name);
        if (value < min || value > max) {
            throw outOfRange(name, min, max, Long.toUnsignedString(value));
        }
        return value;
    }

    /** Reads a number with a sign. */
    long readZigzag(String name, long min, long max) {
        long raw = rawVarint(name);
        return inRange(name, (raw >>> 1) ^ -(raw & 1), min, max);
    }

    /** Returns a number if it is in a range. */
    static long inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw outOfRange(name, min, max, Long.toString(value));
        }
        return value;
    }

    private static FrameException outOfRange(String name, long min, long max, String value) {
        return new FrameException(name + " must be from " + min + " to " + max + ": " + value);
    }

    private long rawVarint(String name) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int next = readByte(name);
            /* The last byte has one bit of the 64. */
            if (i == MAX_VARINT_BYTES - 1 && next > 1) {
                break;
            }
            value |= (next & 0x7FL) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new FrameException(name + " must be a number of at most 64 bits");
    }

    /** Reads a number of parts, of which each takes at least some bytes. */
    int readCount(String name, int leastBytes) {
        long count = readVarint(name, 0, bytes.length);
        return (int) inRange(name, count, 0, remaining() / leastBytes);
    }

    String readText(String name) {
        int length = readCount(name, 1);
        String text = TextForm.decode(name, bytes, position, position + length);
        position += length;
        return text;
    }

    byte[] readBytes(String name) {
        int length = readCount(name, 1);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /**
     * Reads a length, and limits this to a part of that length.
     *
     * @return the limit until now, for {@link #closePart}
     */
    int openPart(String name) {
        int length = readCount(name, 1);
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Skips the rest of a part. */
    void closePart(int outer) {
        position = limit;
        limit = outer;
    }
}
