package io.presence.query.internal.program;

/**
 * What an instruction of a {@link Program} asks of a slot. A negated operation holds for every value that is not null and
 * of which it does not hold.
 */
final class Op {
    static final int NEVER = 0;
    static final int IS_NULL = 1;
    static final int EQUAL_STRING = 2;
    static final int EQUAL_LONG = 3;
    static final int EQUAL = 4;
    static final int IN_FEW = 5;
    static final int IN_SET = 6;
    static final int NUMBER = 7;
    static final int TEXT = 8;
    static final int STARTS_WITH = 9;
    static final int ENDS_WITH = 10;
    static final int CONTAINS = 11;
    static final int ELEMENTS = 12;
    static final int NEXT_ELEMENT = 13;

    private static final int CODE = 0xff;
    private static final int NEGATED = 1 << 8;

    private Op() {}

    static int negated(int op) {
        return op | NEGATED;
    }

    static int code(int op) {
        return op & CODE;
    }

    static boolean isNegated(int op) {
        return (op & NEGATED) != 0;
    }
}
