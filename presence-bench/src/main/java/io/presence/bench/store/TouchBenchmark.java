package io.presence.bench.store;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Measures a heartbeat among a million live presences.
 *
 * <p>One operation is one heartbeat and its later cost in the store: rescheduling or upkeep. {@code MAP_BARE} is the
 * lower bound.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -prof gc
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -bm thrpt -tu us -t 2 -p candidate=PRESENCE,MAP
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -p presences=1000,10000,100000
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -p presences=10000000 \
 *     -jvmArgsAppend "-Xms12g -Xmx12g -Xmn256m"
 * }</pre>
 */
public class TouchBenchmark extends StoreBenchmark {

    /** Sends a heartbeat. */
    @Benchmark
    public boolean touch(HeartbeatStream stream) {
        boolean alive = stream.store().touch(stream.next());
        if (!alive) {
            throw new IllegalStateException("presence must be alive");
        }
        return alive;
    }
}
