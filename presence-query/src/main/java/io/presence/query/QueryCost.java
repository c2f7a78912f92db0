package io.presence.query;

import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.Program;
import java.util.ArrayList;
import java.util.List;

/** A check of the worst-case cost of filters. Its exception names the costliest part. */
final class QueryCost {

    private QueryCost() {}

    static void atMost(int limit, Query.Filter filter) {
        check(limit, filter, "$");
    }

    static void atMost(int limit, List<? extends Query> queries) {
        List<Query.Filter> filters = new ArrayList<>();
        for (Query query : queries) {
            filters.add(query instanceof Query.Filter filter ? filter : Query.everything());
        }
        check(limit, new Query.And(filters), "");
    }

    /** Only the normal form is evaluated. It is computed only if the given filter is too expensive. */
    private static void check(int limit, Query.Filter filter, String path) {
        if (Program.worstCost(filter) <= limit) {
            return;
        }
        long operations = Program.worstCostOfNormal(Normalizer.normalize(filter));
        if (operations > limit) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    costliest(filter, path),
                    "worst-case operations must be at most " + limit,
                    operations);
        }
    }

    /* The path of a set of queries is empty, and the path of a query in it begins with its index. */
    private static String costliest(Query.Filter filter, String path) {
        List<Query.Filter> parts = parts(filter);
        if (parts.isEmpty()) {
            return path;
        }
        int most = 0;
        long operations = -1;
        for (int i = 0; i < parts.size(); i++) {
            long ofPart = Program.worstCost(parts.get(i));
            if (ofPart > operations) {
                most = i;
                operations = ofPart;
            }
        }
        String parent = path.isEmpty() ? "$" : path + ".values";
        return costliest(parts.get(most), parent + "[" + most + "]");
    }

    private static List<Query.Filter> parts(Query.Filter filter) {
        if (filter instanceof Query.And all) {
            return all.filters();
        }
        return filter instanceof Query.Or any ? any.filters() : List.of();
    }
}
