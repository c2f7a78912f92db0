package io.presence.query.internal.program;

/**
 * Operations that instructions take, as {@link io.presence.query.internal.program.Slots#spend} counts them and
 * {@link CostEstimate} bounds them. One operation takes some 2 to 6 nanoseconds.
 */
final class Cost {
    /** Looking an element of a list up in a set of constants. */
    static final int ELEMENT = 4;
    /** Taking a search one character on. */
    static final int SEARCH = 2;
    /** Following one key of a path within an element. */
    static final int KEY = 4;
    /** Hashing a list, a map or one of their members, besides its characters. */
    static final int NODE = 8;

    /** Comparing so many bits of two big numbers. */
    static final int BITS_PER_OPERATION = 2;

    private Cost() {}
}
