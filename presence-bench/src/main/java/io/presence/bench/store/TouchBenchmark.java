package io.presence.bench.store;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * What does a heartbeat cost when a million presences live?
 *
 * <p>One operation is one heartbeat of a presence that lives, and what the store has to do for it later: filing it again, or
 * upkeep. {@code MAP_BARE} is the physical limit.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -prof gc
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -bm thrpt -tu us -t 2 -p candidate=PRESENCE,MAP
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -p presences=1000,10000,100000
 * java -jar presence-bench/target/benchmarks.jar TouchBenchmark -p presences=10000000 -jvmArgsAppend "-Xms12g -Xmx12g -Xmn256m"
 * }</pre>
 */
public class TouchBenchmark extends StoreBenchmark {
    /** Renews one. */
    @Benchmark
    public boolean touch(HeartbeatStream beats) {
        boolean alive = beats.store().touch(beats.next());
        if (!alive) {
            throw new IllegalStateException("presence must be alive");
        }
        return alive;
    }
}
