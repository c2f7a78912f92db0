package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures the search for the viewers of a map who can see a point.
 *
 * <p>Each viewer has a box, 256 wide and high, in a square of 100,000. An event is in 0.7 of 100,000 boxes and in 7 of
 * a million. Use at most a thousand boxes with event-ruler: adding 100,000 takes minutes and gigabytes.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar BoxesBenchmark -p engine=INDEX,SCAN -p subscriptions=100000
 * }</pre>
 */
public class BoxesBenchmark extends StandingBenchmark {

    private static final int WORLD = 100_000;
    private static final int BOX = 256;

    @Override
    MatchWorkload workload() {
        return workload(subscriptions);
    }

    static MatchWorkload workload(int subscriptions) {
        return MatchWorkload.of(subscriptions, (id, random) -> query(random), (number, random) -> event(random));
    }

    private static Query.Filter query(SplittableRandom random) {
        int x = random.nextInt(WORLD - BOX);
        int y = random.nextInt(WORLD - BOX);
        return Query.and(Query.between("metadata.x", x, x + BOX - 1), Query.between("metadata.y", y, y + BOX - 1));
    }

    private static Map<String, Object> event(SplittableRandom random) {
        return MatchWorkload.presence("online", "u1", 0, "d0", random.nextInt(WORLD), random.nextInt(WORLD));
    }
}
