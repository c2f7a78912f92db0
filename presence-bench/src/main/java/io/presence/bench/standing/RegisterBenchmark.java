package io.presence.bench.standing;

import io.presence.bench.standing.engine.EngineCandidate;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures removing and adding a standing query, by the number of queries.
 *
 * <p>One operation is the mean of the two. Each invocation removes the next of 4,096 queries and adds it again, so that
 * the number of queries is constant. Lucene commits each change, as it must before the next event can match it.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar RegisterBenchmark -p engine=INDEX -p subscriptions=1000,100000,1000000
 * java -jar presence-bench/target/benchmarks.jar RegisterBenchmark -p engine=INDEX -p subscriptions=300 -p sort=HOSTILE
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx4g")
public class RegisterBenchmark {

    /** The engine. */
    @Param
    public EngineCandidate engine = EngineCandidate.SCAN;

    /**
     * The kind of queries. Ranges are measured only if they are named, and so are hostile queries, which the peers
     * cannot hold.
     */
    @Param({"DOCUMENT", "READABLE", "BOX"})
    public Sort sort = Sort.DOCUMENT;

    /** The number of queries. */
    @Param({"1000", "100000"})
    public int subscriptions;

    private EngineUnderTest<?> ring;

    /** Kinds of queries, by the structure that finds them. */
    public enum Sort {
        /** A document and another user. All queries differ. */
        DOCUMENT(QueryKind.OTHERS_DOCUMENT::workload),
        /** Read access by several roles. */
        READABLE(QueryKind.READABLE::workload),
        /** A box of two ranges. */
        BOX(BoxesBenchmark::workload),
        /** A range. */
        RANGE(RangesBenchmark::workload),
        /** The largest legal queries of untrusted callers. The time to add one is a delay of the dispatcher. */
        HOSTILE(HostileQueries::workload);

        private final IntFunction<MatchWorkload> workload;

        Sort(IntFunction<MatchWorkload> workload) {
            this.workload = workload;
        }
    }

    /** Adds all queries and checks the engine. */
    @Setup
    public void setUp() {
        ring = EngineUnderTest.of(engine, sort.workload.apply(subscriptions));
    }

    /** Checks that the engine has all queries. */
    @TearDown
    public void tearDown() {
        ring.check();
        ring.close();
    }

    /** Replaces the next query. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void replace() {
        ring.replace();
    }
}
