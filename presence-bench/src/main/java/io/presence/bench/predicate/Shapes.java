package io.presence.bench.predicate;

/** The number of queries in the process and their differences. The queries are evaluated in turn. */
public enum Shapes {
    /** One query: status, zone and a range. */
    ONE,
    /** That query, after the process has evaluated the queries of {@link #DIFFERENT} for a while. */
    AMONG,
    /** 1,024 queries that differ from that query in their operands only. */
    SAME,
    /** 1,024 random trees of two to six conditions. No two have the same methods and attributes in the same places. */
    DIFFERENT
}
