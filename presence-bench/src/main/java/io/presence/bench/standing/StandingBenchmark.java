package io.presence.bench.standing;

import io.presence.bench.standing.engine.EngineCandidate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The common part of the benchmarks of standing queries. One operation finds the queries that match one record. The
 * conversion of the record to the engine's form is not included.
 *
 * <p>Lucene and event-ruler warm up slowly: use {@code -wi 20} for their figures. Use a million queries,
 * {@code -p subscriptions=1000000}, only with engines that add a query within microseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public abstract class StandingBenchmark {

    /** The engine. */
    @Param
    public EngineCandidate engine = EngineCandidate.SCAN;

    /** The number of queries. */
    @Param({"1000", "100000"})
    public int subscriptions;

    private EngineUnderTest<?> ring;

    abstract MatchWorkload workload();

    /** Adds all queries and checks the engine. */
    @Setup
    public void setUp() {
        ring = EngineUnderTest.of(engine, workload());
    }

    /** Stops the engine's threads. */
    @TearDown
    public void tearDown() {
        ring.close();
    }

    /** Finds the queries that match the next event. */
    @Benchmark
    public int match() {
        return ring.match();
    }
}
