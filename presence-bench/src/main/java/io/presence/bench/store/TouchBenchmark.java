package io.presence.bench.store;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

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
 *
 * <p>The whole heap is touched beforehand, and eden is small enough to go round before anything is measured: on a virtual
 * machine memory that is touched for the first time may take longer than all the rest.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xms4g",
            "-Xmx4g",
            "-Xmn256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseTransparentHugePages"
        })
public class TouchBenchmark {
    /** Renews one. */
    @Benchmark
    public boolean touch(Beats beats) {
        boolean alive = beats.store().touch(beats.next());
        if (!alive) {
            throw new IllegalStateException("presence must be alive");
        }
        return alive;
    }
}
