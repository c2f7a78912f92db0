package io.presence.query.internal;

/**
 * The growth and shrink policy of resizable arrays.
 *
 * <p>A full array grows by half. An array that is less than a quarter full shrinks until it is half full. At least n/2
 * elements are added or removed between two copies of n elements, so that both take amortized constant time in any
 * order.
 */
public final class ArraySizing {

    private static final int SMALL = 8;

    private ArraySizing() {}

    /** Returns the new length of a full array. */
    public static int grown(int length) {
        return length + (length >> 1) + 1;
    }

    /** Returns the new length of an array of which {@code used} elements are used; the same if it need not shrink. */
    public static int shrunk(int used, int length) {
        return length > SMALL && used < length / 4 ? Math.max(SMALL, 2 * used) : length;
    }
}
