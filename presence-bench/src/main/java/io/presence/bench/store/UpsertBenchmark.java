package io.presence.bench.store;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Measures a write of another status among a million live presences, without a listener.
 *
 * <p>One operation creates a record from its parts, writes it, and does the work that the store defers: dispatch or
 * upkeep. {@code MAP_BARE} is the lower bound.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -prof gc
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -bm thrpt -tu us -t 2 -p candidate=PRESENCE,MAP
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -p presences=1000,10000,100000
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -p presences=10000000 \
 *     -jvmArgsAppend "-Xms12g -Xmx12g -Xmn256m"
 * }</pre>
 */
public class UpsertBenchmark extends StoreBenchmark {

    /** Writes a record. */
    @Benchmark
    public void upsert(HeartbeatStream stream) {
        stream.store().upsert(stream.next(), stream.status());
    }
}
