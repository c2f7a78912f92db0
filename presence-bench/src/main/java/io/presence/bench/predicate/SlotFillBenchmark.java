package io.presence.bench.predicate;

import io.presence.bench.AttributeRow;
import io.presence.bench.predicate.technique.ProgramRow;
import io.presence.query.internal.program.Slots;
import java.util.Map;
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
 * Measures the resolution of the ten paths of the workloads, of which a record has eight. Any number of queries can
 * then be evaluated on the slots.
 *
 * <p>One operation fills the slots of one record. An event needs it once or twice, for any number of queries.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar SlotFillBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SlotFillBenchmark {

    private final AttributeRow.Maps[] rows =
            PredicateWorkload.records().stream().map(AttributeRow.Maps::new).toArray(AttributeRow.Maps[]::new);
    private final AttributeRow.Values values = new AttributeRow.Values();
    private final Slots decoded = new Slots();
    private int next;

    /** Reads the values as they are, for lambdas, objects and method handles. */
    @Benchmark
    public AttributeRow.Values values() {
        values.fill(nextMap());
        return values;
    }

    /** Reads and decodes the values, for the program. */
    @Benchmark
    public Slots decoded() {
        ProgramRow.fill(nextMap(), decoded);
        return decoded;
    }

    private Map<String, Object> nextMap() {
        next = next + 1 < rows.length ? next + 1 : 0;
        return rows[next].map();
    }
}
