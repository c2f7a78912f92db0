package io.presence.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size and the cost of a set of queries, so that those of untrusted callers stay cheap to hold and to match.
 *
 * <pre>{@code
 * QueryLimits limits = QueryLimits.DEFAULT.withQueries(10).withTextLength(4_096);
 * }</pre>
 *
 * <p>Sizes alone do not bound the time that one evaluation takes, since it is a product of the query and the record. So
 * {@link #operations} bounds the worst case: the operations that the filters can take together on the largest record
 * that a store accepts.
 *
 * <p><b>Cost.</b> A check is linear in the size of the queries, and goes no deeper than {@link #depth}. Queries whose
 * cost is not obviously within the limit are brought into their normal form, which takes O(n log n).
 * <p><b>Threads.</b> Immutable.
 */
public final class QueryLimits {
    /**
     * 100 queries, depth 16, 256 nodes, 500 values, 10,000 values in all, needles of 256 characters, 131,072 characters
     * of needles in all, texts of 65,536 characters, and 1,000,000 operations, which take some 5 ms.
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

    /** Returns the greatest number of queries side by side. */
    public int queries() {
        return limits[QUERIES];
    }

    /** Returns the greatest depth to which {@code and}, {@code or} and {@code elemMatch} are nested; one query is 1. */
    public int depth() {
        return limits[DEPTH];
    }

    /** Returns the greatest number of queries in all, nested ones included. */
    public int nodes() {
        return limits[NODES];
    }

    /** Returns the greatest number of values of one query, each element of a list or a map in them included. */
    public int values() {
        return limits[VALUES];
    }

    /** Returns the greatest number of values of all queries together. */
    public int totalValues() {
        return limits[TOTAL_VALUES];
    }

    /** Returns the greatest number of characters of a string that {@code contains} and its kin search for. */
    public int needleLength() {
        return limits[NEEDLE_LENGTH];
    }

    /** Returns the greatest number of characters of all the strings together that are searched for. */
    public int totalNeedleLength() {
        return limits[TOTAL_NEEDLE_LENGTH];
    }

    /** Returns the greatest number of characters of all queries together when they are read from JSON. */
    public int textLength() {
        return limits[TEXT_LENGTH];
    }

    /** Returns the greatest number of operations that evaluating all filters once can take in the worst case. */
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
     * Refuses a query that exceeds the limits.
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
     * Refuses queries that exceed the limits together.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED}; its path is that of the costliest part if the cost is what is
     *     exceeded
     */
    public void check(List<? extends Query> all) {
        atMost("queries", "$", Checks.all("queries", all).size(), queries());
        Walk walk = new Walk();
        Checks.each("$", all, query -> walk.query(query, 1));
        QueryCost.atMost(operations(), all);
    }

    /** Returns a text that was written if it may be read. */
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

    /** Counts across all queries; visits each at one level further down than the last. Answers the visited query. */
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
