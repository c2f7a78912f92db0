package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures the search for the ranges of one attribute around a number.
 *
 * <p>An event is in four ranges on average, for any number of queries.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar RangesBenchmark -p engine=INDEX -p subscriptions=11000
 * java -jar presence-bench/target/benchmarks.jar RegisterBenchmark -p engine=INDEX -p sort=RANGE
 * }</pre>
 */
public class RangesBenchmark extends StandingBenchmark {

    private static final int WORLD = 10_000_000;
    private static final int AROUND = 4;

    @Override
    MatchWorkload workload() {
        return workload(subscriptions);
    }

    static MatchWorkload workload(int subscriptions) {
        long width = (long) AROUND * WORLD / subscriptions;
        return MatchWorkload.of(subscriptions, (id, random) -> query(random, width), (number, random) -> event(random));
    }

    private static Query.Filter query(SplittableRandom random, long width) {
        int x = random.nextInt(WORLD);
        return Query.between("metadata.x", x, x + width);
    }

    private static Map<String, Object> event(SplittableRandom random) {
        return MatchWorkload.presence("online", "u1", 0, "d0", random.nextInt(WORLD), 0);
    }
}
