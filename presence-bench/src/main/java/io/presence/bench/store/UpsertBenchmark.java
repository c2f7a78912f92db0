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
public class UpsertBenchmark {
    /** Writes one. */
    @Benchmark
    public void upsert(Beats beats) {
        beats.store().upsert(beats.next(), beats.status());
    }
}
