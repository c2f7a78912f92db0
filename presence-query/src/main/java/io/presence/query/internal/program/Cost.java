package io.presence.query.internal.program;

/**
 * The operations of parts of an evaluation, as {@link Slots#spend} counts them and {@link CostEstimate} bounds them.
 * One operation takes 2 to 6 nanoseconds.
 */
final class Cost {

    /** A look-up of an element of a list in a set of constants. */
    static final int ELEMENT = 4;
    /** One step of a search, for one character. */
    static final int SEARCH = 2;
    /** A look-up of one key of a path within an element. */
    static final int KEY = 4;
    /** The cost to hash one list, one map, or one element or value in them. The cost of the characters is separate. */
    static final int NODE = 8;

    /** The number of characters of two strings that one operation compares, in their order. */
    static final int CHARS_PER_OPERATION = 8;
    /** The number of characters of two strings that one operation compares for equality. */
    static final int CHARS_AT_ONCE = 64;
    /** The number of bits of two big numbers that one operation compares. */
    static final int BITS_PER_OPERATION = 2;

    private Cost() {}
}
