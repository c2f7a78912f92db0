package io.presence.internal.cluster;

import java.util.Arrays;

/**
 * A growing array of bytes, to which the primitive values of {@link FrameFormat} are added.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class FrameBuffer {

    private static final int LONG_BYTES = 8;

    private byte[] bytes;
    private int size;

    FrameBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Removes the bytes from a position on. */
    void truncate(int length) {
        size = length;
    }

    /** Returns all bytes: the array itself if it is full, so that nothing is to be added afterwards. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        int required = Math.addExact(size, more);
        if (required > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(required, (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }

    void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Adds all eight bytes of a number. */
    void putLong(long value) {
        putHighest(value, LONG_BYTES);
    }

    /** Adds all four bytes of a number. */
    void putInt(int value) {
        putHighest(value, Integer.BYTES);
    }

    private void putHighest(long value, int count) {
        ensure(count);
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    /** Adds a number without a sign as a varint. */
    void putVarint(long value) {
        ensure(varintLength(value));
        size = setVarint(value, size);
    }

    private int setVarint(long value, int from) {
        int at = from;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[at++] = (byte) left;
        return at;
    }

    /** Returns the number of bytes of a varint. */
    static int varintLength(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    /** Adds a number with a sign as a varint in the zigzag form. */
    void putZigzag(long value) {
        putVarint((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void putText(String text) {
        int length = TextForm.length(text);
        putVarint(length);
        ensure(length);
        if (length == text.length()) {
            TextForm.encodeAscii(text, bytes, size);
        } else {
            TextForm.encode(text, bytes, size);
        }
        size += length;
    }

    void putNode(NodeId node) {
        putLong(node.high());
        putLong(node.low());
    }

    /** Adds bytes as they are. */
    void putBytes(byte[] added) {
        ensure(added.length);
        System.arraycopy(added, 0, bytes, size, added.length);
        size += added.length;
    }

    /** Adds all bytes of another buffer. */
    void putAll(FrameBuffer other) {
        ensure(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
    }

    /** Inserts, as a varint, the number of bytes from a position on before these bytes. */
    void insertLength(int from) {
        int length = size - from;
        int shift = varintLength(length);
        ensure(shift);
        System.arraycopy(bytes, from, bytes, from + shift, length);
        setVarint(length, from);
        size += shift;
    }
}
