package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to find ten subscribers of a zone among those of all zones?
 *
 * <p>There are ten subscriptions for each zone, and each event matches the ten of one.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar EqualityBenchmark -p engine=INDEX,SCAN,RULER -p subscriptions=100000
 * }</pre>
 */
public class EqualityBenchmark extends StandingBenchmark {
    private static final int PER_ZONE = 10;

    /** Whether the ten are one query, or ten queries. */
    @Param
    public Sameness sameness = Sameness.IDENTICAL;

    /** How the queries of one zone compare. */
    public enum Sameness {
        /** {@code zone = z}, ten times. */
        IDENTICAL,
        /** {@code zone = z and userId != u}, as of a user who does not want to hear of himself. */
        DISTINCT
    }

    @Override
    Workload workload() {
        return Workload.of(subscriptions, (id, random) -> query(id), (number, random) -> event(random));
    }

    private Query.Filter query(int id) {
        Query.Filter inZone = Query.equal("metadata.zone", id / PER_ZONE);
        return sameness == Sameness.IDENTICAL ? inZone : Query.and(inZone, Query.notEqual("userId", "subscriber" + id));
    }

    private Map<String, Object> event(SplittableRandom random) {
        long zone = random.nextInt(subscriptions / PER_ZONE);
        return Workload.presence("online", "user" + random.nextInt(subscriptions), zone, "d0", 0, 0);
    }
}
