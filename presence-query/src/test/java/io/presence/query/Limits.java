package io.presence.query;

/** Limits by their numbers; whatever is not given does not limit. */
final class Limits {

    private Limits() {}

    static QueryLimits of(int queries, int depth, int nodes, int values, int needleLength, int textLength) {
        return QueryLimits.DEFAULT
                .withQueries(queries)
                .withDepth(depth)
                .withNodes(nodes)
                .withValues(values)
                .withTotalValues(Integer.MAX_VALUE)
                .withNeedleLength(needleLength)
                .withTotalNeedleLength(Integer.MAX_VALUE)
                .withTextLength(textLength)
                .withOperations(Integer.MAX_VALUE);
    }
}
