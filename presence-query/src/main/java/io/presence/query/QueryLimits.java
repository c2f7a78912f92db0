package io.presence.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a set of queries may be, so that what strangers ask stays cheap to hold and to match.
 *
 * <p><b>Cost.</b> A check is linear in the size of the queries, and goes no deeper than {@code depth}.
 * <p><b>Threads.</b> Immutable.
 *
 * @param queries how many queries there may be side by side
 * @param depth how deep {@code and}, {@code or} and {@code elemMatch} may be nested, a query alone being 1
 * @param nodes how many queries there may be in all, nested ones included
 * @param values how many values one query may have, each element of a list or a map in them included
 * @param needleLength how many characters a string may have for which others are searched, by {@code contains} and its
 *     kin: their cost is the product of the two lengths
 * @param textLength how many characters all queries may have together when they are read from JSON
 */
public record QueryLimits(int queries, int depth, int nodes, int values, int needleLength, int textLength) {
    /** 100 queries, depth 16, 256 nodes, 500 values, needles of 256 and texts of 65536 characters. */
    public static final QueryLimits DEFAULT = new QueryLimits(100, 16, 256, 500, 256, 65536);

    /**
     * Checks that each limit allows something.
     *
     * @throws IllegalArgumentException when a limit is not positive
     */
    public QueryLimits {
        positive("queries", queries);
        positive("depth", depth);
        positive("nodes", nodes);
        positive("values", values);
        positive("needleLength", needleLength);
        positive("textLength", textLength);
    }

    /**
     * Refuses a query that exceeds the limits.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED}
     */
    public void check(Query query) {
        new Walk().query(Checks.notNull("query", query), 1);
    }

    /**
     * Refuses queries that exceed the limits together.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED}
     */
    public void check(List<? extends Query> all) {
        atMost("queries", "$", Checks.all("queries", all).size(), queries);
        Walk walk = new Walk();
        Checks.each("$", all, query -> walk.query(query, 1));
    }

    /** Returns a text that was written if it may be read. */
    String checkText(String text) {
        atMost("text length", "$", text.length(), textLength);
        return text;
    }

    private static void positive(String parameter, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException(parameter + " must be positive: " + limit);
        }
    }

    private static void atMost(String parameter, String path, int value, int limit) {
        if (value > limit) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED, path, parameter + " must be at most " + limit, value);
        }
    }

    /** Counts nodes across all queries; visits each at one level further down than the last. Answers what it has visited. */
    private final class Walk implements Query.FilterVisitor<Query.Filter> {
        private int seen;
        private int level;

        void query(Query query, int depth) {
            atMost("nodes", "$", ++seen, nodes);
            atMost("depth", "$", depth, QueryLimits.this.depth);
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
            atMost("values", "$.values", QueryLimits.count(list), values);
        }

        private void needle(@Nullable Object value) {
            atMost("needle length", "$", value instanceof String text ? text.length() : 0, needleLength);
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
