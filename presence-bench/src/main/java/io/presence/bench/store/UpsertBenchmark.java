package io.presence.bench.store;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does it cost to write another status when a million presences live, and nobody listens?
 *
 * <p>One operation is one write of a whole record, from its parts, and what the store has to do for it later: dispatching
 * it, or upkeep. {@code MAP_BARE} is the physical limit.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -prof gc
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -bm thrpt -tu us -t 2 -p candidate=PRESENCE,MAP
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -p presences=1000,10000,100000
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -p presences=10000000 -jvmArgsAppend "-Xms12g -Xmx12g -Xmn256m"
 * }</pre>
 */
public class UpsertBenchmark extends StoreBenchmark {
    /** Writes one. */
    @Benchmark
    public void upsert(HeartbeatStream beats) {
        beats.store().upsert(beats.next(), beats.status());
    }
}
