package io.presence.query.internal;

/**
 * How long arrays are whose contents come and go.
 *
 * <p>An array grows by half when it is full and shrinks when less than a quarter of it is used, to half of which it is full
 * then. Between two copies of n elements at least n/2 have come or gone, so that each comes and goes in constant time,
 * amortized, whatever the order is.
 */
public final class ArraySizing {
    private static final int SMALL = 8;

    private ArraySizing() {}

    /** Returns the length that an array which is full is to have. */
    public static int grown(int length) {
        return length + (length >> 1) + 1;
    }

    /** Returns the length that an array is to have of which only so many elements are used: the same, if these are enough. */
    public static int shrunk(int used, int length) {
        return length > SMALL && used < length / 4 ? Math.max(SMALL, 2 * used) : length;
    }
}
