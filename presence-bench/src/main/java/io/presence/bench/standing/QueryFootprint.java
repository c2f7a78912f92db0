package io.presence.bench.standing;

import io.presence.bench.HeapUse;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Measures the bytes that the query index takes for each distinct query and its subscriber, and for each further
 * subscriber.
 *
 * <p>The queries are made first, in normal form, so that the index keeps them without copies. The heap in use after
 * collections is compared. The argument is the number of queries. Each has one subscriber and then ten.
 *
 * <pre>{@code
 * java -Xmx4g -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.standing.QueryFootprint 100000
 * }</pre>
 */
public final class QueryFootprint {

    private static final int FURTHER = 9;

    private QueryFootprint() {}

    /** Records two figures for each kind of query. */
    public static void main(String[] args) {
        int queries = new TrialArguments(args).integer("queries", 100_000);
        record(queries, "one equality", i -> Query.equal("metadata.zone", i));
        record(
                queries,
                "two equalities",
                i -> Query.and(Query.equal("metadata.zone", i), Query.equal("status", "online")));
        record(queries, "a range", i -> Query.between("metadata.x", i, i + 10));
        record(
                queries,
                "a box",
                i -> Query.and(Query.between("metadata.x", i, i + 10), Query.between("metadata.y", i, i + 10)));
    }

    private static void record(int queries, String kind, IntFunction<Query.Filter> query) {
        List<Query.Filter> filters = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            filters.add(query.apply(i));
        }
        StandingQueries<Map<String, ?>, Integer> index = new StandingQueries<>(RecordSchema.maps());
        long before = HeapUse.afterCollections();
        filters.forEach(filter -> index.add(filter, 1));
        long alone = HeapUse.afterCollections();
        for (int i = 0; i < FURTHER; i++) {
            filters.forEach(filter -> index.add(filter, 1));
        }
        long shared = HeapUse.afterCollections();
        if (index.stats().queries() != filters.size()) {
            throw new IllegalStateException("queries must be distinct: " + index.stats());
        }
        record(queries, kind, "distinct query", alone - before, queries);
        record(queries, kind, "further subscriber", shared - alone, (long) FURTHER * queries);
    }

    private static void record(int queries, String kind, String measure, long bytes, long count) {
        MeasurementLog.record(new Figure("QueryFootprint", kind, queries, measure, (double) bytes / count, "B"));
    }
}
