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
 * What does it cost to take back a standing query and to add one, by how many there are?
 *
 * <p>One operation is the mean of the two: any query of 4,096 is removed and added again, the next in turn, so that
 * their number stays the same. Lucene commits each, as it must for the next event to find it.
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
    /** What keeps them. */
    @Param
    public EngineCandidate engine = EngineCandidate.SCAN;

    /** What they ask for; the peers can't be given hostile queries, which are measured when they are named. */
    @Param({"DOCUMENT", "READABLE", "BOX"})
    public Sort sort = Sort.DOCUMENT;

    /** How many there are. */
    @Param({"1000", "100000"})
    public int subscriptions;

    private EngineUnderTest<?> ring;

    /** Sorts of queries, by how they are found. */
    public enum Sort {
        /** A document and somebody else, each query another one. */
        DOCUMENT(QueryKind.OTHERS_DOCUMENT::workload),
        /** What one may read, by several roles. */
        READABLE(QueryKind.READABLE::workload),
        /** A box of two ranges. */
        BOX(BoxesBenchmark::workload),
        /** Large legal queries of strangers: the time of one is what adding it holds the dispatcher for. */
        HOSTILE(HostileQueries::workload);

        private final IntFunction<MatchWorkload> workload;

        Sort(IntFunction<MatchWorkload> workload) {
            this.workload = workload;
        }
    }

    /** Registers all queries, and checks the engine. */
    @Setup
    public void setUp() {
        ring = EngineUnderTest.of(engine, sort.workload.apply(subscriptions));
    }

    /** Checks that the engine still has all queries. */
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
