package io.presence.bench.predicate;

/** How many queries the process holds, and how much they differ. They are evaluated in turn. */
public enum Shapes {
    /** One query: status, zone and a range. */
    ONE,
    /** That query, once the process has evaluated those of {@link #DIFFERENT} for a while. */
    AMONG,
    /** 1,024 queries that differ from that one only in their operands. */
    SAME,
    /** 1,024 random trees of two to six conditions, no two with the same methods and attributes in the same places. */
    DIFFERENT
}
