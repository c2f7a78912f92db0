package io.presence.bench.standing;

import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost to find the ten subscribers of one thing among those of all things?
 *
 * <p>There are ten subscriptions for each document, zone, presence or team, and each event matches the ten of one, or
 * nearly so.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar TenOfAllBenchmark -p engine=INDEX,SCAN,RULER -p subscriptions=100000
 * }</pre>
 */
public class TenOfAllBenchmark extends StandingBenchmark {
    /** What they ask for. */
    @Param
    public QueryKind asks = QueryKind.DOCUMENT;

    @Override
    MatchWorkload workload() {
        return asks.workload(subscriptions);
    }
}
