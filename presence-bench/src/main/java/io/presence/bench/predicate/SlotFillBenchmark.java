package io.presence.bench.predicate;

import io.presence.bench.Row;
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
 * What does it cost to read the ten paths of the workloads once, eight of which a record has, to evaluate any number of queries on the slots then?
 *
 * <p>One operation fills the slots of one record. An event pays it once or twice, whatever the number of queries.
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
    private final Row.Maps[] rows =
            Workload.records().stream().map(Row.Maps::new).toArray(Row.Maps[]::new);
    private final Row.Values values = new Row.Values();
    private final Slots decoded = new Slots();
    private int next;

    /** Reads the values as they are, for the lambdas, objects and handles. */
    @Benchmark
    public Row.Values values() {
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
