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
 * java -jar presence-bench/target/benchmarks.jar UpsertBenchmark -p presences=1000,10000,100000,1000000,10000000 -p order=SHUFFLED
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx14g")
public class UpsertBenchmark {
    /** Writes one. */
    @Benchmark
    public void upsert(Beats beats) {
        beats.store().upsert(beats.next(), beats.status());
    }
}
