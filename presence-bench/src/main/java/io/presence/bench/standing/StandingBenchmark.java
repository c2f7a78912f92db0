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
 * What the benchmarks of standing queries share. One operation finds the queries that one record matches; to bring the
 * record into the form that an engine takes is not included.
 *
 * <p>Lucene and event-ruler take long to warm up: for numbers of theirs, {@code -wi 20}. A million is for engines that
 * register a query within microseconds: {@code -p subscriptions=1000000}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public abstract class StandingBenchmark {
    /** What finds them. */
    @Param
    public EngineCandidate engine = EngineCandidate.SCAN;

    /** How many there are. */
    @Param({"1000", "100000"})
    public int subscriptions;

    private EngineUnderTest<?> ring;

    abstract MatchWorkload workload();

    /** Registers all queries and checks the engine. */
    @Setup
    public void setUp() {
        ring = EngineUnderTest.of(engine, workload());
    }

    /** Ends the engine's threads. */
    @TearDown
    public void tearDown() {
        ring.close();
    }

    /** Finds the queries that the next event matches. */
    @Benchmark
    public int match() {
        return ring.match();
    }
}
