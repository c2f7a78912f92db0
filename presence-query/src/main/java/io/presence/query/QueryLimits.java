package io.presence.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits on the size and the cost of a set of queries, so that queries of untrusted callers are cheap to keep and to
 * match.
 *
 * <pre>{@code
 * QueryLimits limits = QueryLimits.DEFAULT.withQueries(10).withTextLength(4_096);
 * }</pre>
 *
 * <p>The time of an evaluation is a product of the sizes of the query and the record, so sizes alone do not bound it.
 * {@link #operations} bounds the worst case: the operations that all filters together can take on the largest record
 * that a store accepts.
 *
 * <p><b>Cost.</b> A check is linear in the size of the queries, and its recursion is at most {@link #depth} deep. A
 * normal form, which takes O(n log n), is computed only if a cheaper estimate exceeds the limit.
 * <p><b>Threads.</b> Immutable.
 */
public final class QueryLimits {

    /**
     * The default limits: 100 queries, depth 16, 256 nodes, 500 values, 10,000 values in all, needles of 256
     * characters, 131,072 characters of needles in all, texts of 65,536 characters, and 1,000,000 operations, which
     * take 5 ms.
     */
    public static final QueryLimits DEFAULT =
            new QueryLimits(new int[] {100, 16, 256, 500, 10_000, 256, 131_072, 65_536, 1_000_000});

    private static final int QUERIES = 0;
    private static final int DEPTH = 1;
    private static final int NODES = 2;
    private static final int VALUES = 3;
    private static final int TOTAL_VALUES = 4;
    private static final int NEEDLE_LENGTH = 5;
    private static final int TOTAL_NEEDLE_LENGTH = 6;
    private static final int TEXT_LENGTH = 7;
    private static final int OPERATIONS = 8;

    private final int[] limits;

    private QueryLimits(int[] limits) {
        this.limits = limits;
    }

    /** Returns the maximum number of queries in a set. */
    public int queries() {
        return limits[QUERIES];
    }

    /**
     * Returns the maximum nesting of {@code and}, {@code or} and {@code elemMatch}; a query without them has depth 1.
     */
    public int depth() {
        return limits[DEPTH];
    }

    /** Returns the maximum number of queries, including nested ones. */
    public int nodes() {
        return limits[NODES];
    }

    /** Returns the maximum number of values of one query, including each element of a list or map in them. */
    public int values() {
        return limits[VALUES];
    }

    /** Returns the maximum number of values of all queries together. */
    public int totalValues() {
        return limits[TOTAL_VALUES];
    }

    /** Returns the maximum length of a needle: a string that {@code contains} and similar methods search for. */
    public int needleLength() {
        return limits[NEEDLE_LENGTH];
    }

    /** Returns the maximum number of characters of all needles together. */
    public int totalNeedleLength() {
        return limits[TOTAL_NEEDLE_LENGTH];
    }

    /** Returns the maximum number of characters of all queries together when they are read from JSON. */
    public int textLength() {
        return limits[TEXT_LENGTH];
    }

    /** Returns the maximum number of operations that one evaluation of all filters can take in the worst case. */
    public int operations() {
        return limits[OPERATIONS];
    }

    /** Returns these limits with another number of {@link #queries}, which must be positive. */
    public QueryLimits withQueries(int limit) {
        return with(QUERIES, "queries", limit);
    }

    /** Returns these limits with another {@link #depth}, which must be positive. */
    public QueryLimits withDepth(int limit) {
        return with(DEPTH, "depth", limit);
    }

    /** Returns these limits with another number of {@link #nodes}, which must be positive. */
    public QueryLimits withNodes(int limit) {
        return with(NODES, "nodes", limit);
    }

    /** Returns these limits with another number of {@link #values}, which must be positive. */
    public QueryLimits withValues(int limit) {
        return with(VALUES, "values", limit);
    }

    /** Returns these limits with another number of {@link #totalValues}, which must be positive. */
    public QueryLimits withTotalValues(int limit) {
        return with(TOTAL_VALUES, "totalValues", limit);
    }

    /** Returns these limits with another {@link #needleLength}, which must be positive. */
    public QueryLimits withNeedleLength(int limit) {
        return with(NEEDLE_LENGTH, "needleLength", limit);
    }

    /** Returns these limits with another {@link #totalNeedleLength}, which must be positive. */
    public QueryLimits withTotalNeedleLength(int limit) {
        return with(TOTAL_NEEDLE_LENGTH, "totalNeedleLength", limit);
    }

    /** Returns these limits with another {@link #textLength}, which must be positive. */
    public QueryLimits withTextLength(int limit) {
        return with(TEXT_LENGTH, "textLength", limit);
    }

    /** Returns these limits with another number of {@link #operations}, which must be positive. */
    public QueryLimits withOperations(int limit) {
        return with(OPERATIONS, "operations", limit);
    }

    private QueryLimits with(int index, String parameter, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException(parameter + " must be positive: " + limit);
        }
        int[] changed = limits.clone();
        changed[index] = limit;
        return new QueryLimits(changed);
    }

    /**
     * Checks a query against these limits.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED}
     */
    public void check(Query query) {
        new Walk().query(Checks.notNull("query", query), 1);
        if (query instanceof Query.Filter filter) {
            QueryCost.atMost(operations(), filter);
        }
    }

    /**
     * Checks queries together against these limits.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED}; if the cost is exceeded, its path is that of the costliest part
     */
    public void check(List<? extends Query> all) {
        atMost("queries", "$", Checks.all("queries", all).size(), queries());
        Walk walk = new Walk();
        Checks.each("$", all, query -> walk.query(query, 1));
        QueryCost.atMost(operations(), all);
    }

    /** Returns a written text if its length is within the limit. */
    String checkText(String text) {
        atMost("text length", "$", text.length(), textLength());
        return text;
    }

    private static void atMost(String parameter, String path, int value, int limit) {
        if (value > limit) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED, path, parameter + " must be at most " + limit, value);
        }
    }

    /** Adds up the sizes of all queries. Each visit returns the visited query. */
    private final class Walk implements Query.FilterVisitor<Query.Filter> {
        private int seen;
        private int level;
        private int totalValues;
        private int totalNeedleLength;

        void query(Query query, int depth) {
            atMost("nodes", "$", ++seen, nodes());
            atMost("depth", "$", depth, Math.min(QueryLimits.this.depth(), Trees.MAX_DEPTH));
            level = depth;
            if (query instanceof Query.Filter filter) {
                filter.accept(this);
            } else if (query instanceof ListQuery.Select select) {
                count(select.attributes());
            }
        }

        @Override
        public Query.Filter comparison(Query.Comparison node) {
            count(node.values());
            if (node.method().isSearch()) {
                Checks.each("$.values", node.values(), this::needle);
            }
            return node;
        }

        @Override
        public Query.Filter nullCheck(Query.NullCheck node) {
            return node;
        }

        @Override
        public Query.Filter exists(Query.Exists node) {
            count(node.attributes());
            return node;
        }

        @Override
        public Query.Filter elemMatch(Query.ElemMatch node) {
            nested(node.filters());
            return node;
        }

        @Override
        public Query.Filter and(Query.And node) {
            nested(node.filters());
            return node;
        }

        @Override
        public Query.Filter or(Query.Or node) {
            nested(node.filters());
            return node;
        }

        private void nested(List<Query.Filter> filters) {
            int below = level + 1;
            Checks.each("$.values", filters, filter -> query(filter, below));
        }

        private void count(List<?> list) {
            int count = QueryLimits.count(list);
            atMost("values", "$.values", count, values());
            totalValues += count;
            atMost("total values", "$.values", totalValues, totalValues());
        }

        private void needle(@Nullable Object value) {
            int length = value instanceof String text ? text.length() : 0;
            atMost("needle length", "$", length, needleLength());
            totalNeedleLength += length;
            atMost("total needle length", "$", totalNeedleLength, totalNeedleLength());
        }
    }

    private static int count(Iterable<?> values) {
        int count = 0;
        for (Object value : values) {
            count++;
            if (value instanceof List<?> list) {
                count += count(list);
            } else if (value instanceof Map<?, ?> map) {
                count += count(map.values());
            }
        }
        return count;
    }
}
