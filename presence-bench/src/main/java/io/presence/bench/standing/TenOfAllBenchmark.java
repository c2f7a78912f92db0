package io.presence.bench.standing;

import org.openjdk.jmh.annotations.Param;

/**
 * Measures the search for the ten subscribers of one thing among the subscribers of all things.
 *
 * <p>There are ten subscriptions for each document, zone, presence or team. Each event matches the ten of one, or
 * almost all of them.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar TenOfAllBenchmark -p engine=INDEX,SCAN,RULER -p subscriptions=100000
 * }</pre>
 */
public class TenOfAllBenchmark extends StandingBenchmark {

    /** The kind of queries. The recorded results use this name of the parameter. */
    @Param
    public QueryKind asks = QueryKind.DOCUMENT;

    @Override
    MatchWorkload workload() {
        return asks.workload(subscriptions);
    }
}
