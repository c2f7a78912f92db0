package io.presence.query.internal.program;

/** The operation of an instruction: the test that it applies to the value of a slot. */
enum Op {
    NEVER,
    IS_NULL,
    EQUAL_STRING,
    EQUAL_LONG,
    EQUAL,
    IN_FEW,
    IN_SET,
    NUMBER,
    TEXT,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    ELEMENTS,
    NEXT_ELEMENT
}
