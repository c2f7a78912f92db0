package io.presence.bench.standing;

import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How many bytes does the index take for each distinct query, beside the query itself, its one subscriber included?
 *
 * <p>The queries are made first, in normal form, so that the index keeps them and no copies. What is left on the heap after
 * collections is compared.
 *
 * <pre>{@code
 * java -Xmx2g -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.standing.Footprint
 * }</pre>
 */
public final class Footprint {
    private static final int QUERIES = 100_000;
    private static final int COLLECTIONS = 4;

    private Footprint() {}

    /** Prints a line for each sort of query. */
    public static void main(String[] args) {
        print("one equality", i -> Query.equal("metadata.zone", i));
        print("two equalities", i -> Query.and(Query.equal("metadata.zone", i), Query.equal("status", "online")));
        print("a range", i -> Query.between("metadata.x", i, i + 10));
        print("a box", i -> Query.and(Query.between("metadata.x", i, i + 10), Query.between("metadata.y", i, i + 10)));
    }

    private static void print(String sort, IntFunction<Query.Filter> query) {
        List<Query.Filter> filters = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            filters.add(query.apply(i));
        }
        StandingQueries<Map<String, ?>, Integer> index = new StandingQueries<>(RecordSchema.maps());
        long before = used();
        filters.forEach(filter -> index.add(filter, 1));
        long after = used();
        if (index.stats().queries() != filters.size()) {
            throw new IllegalStateException("queries must be distinct: " + index.stats());
        }
        System.out.printf("%-16s %4d bytes%n", sort, (after - before) / QUERIES);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
