package io.presence.bench.predicate;

import io.presence.bench.Row;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is the least that the query of {@link PredicateBenchmark} can cost, had it been written in Java?
 *
 * <p>One operation is the query of shape {@code ONE} on one record, on its maps or on slots filled before.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar HandWrittenBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandWrittenBenchmark {
    private static final int STATUS = slot("status");
    private static final int ZONE = slot("metadata.zone");
    private static final int X = slot("metadata.x");

    private final List<Map<String, Object>> records = Workload.records();
    private final Row.Maps[] maps = records.stream().map(Row.Maps::new).toArray(Row.Maps[]::new);
    private final Row.Values[] slots =
            records.stream().map(HandWrittenBenchmark::filled).toArray(Row.Values[]::new);
    private final Predicate<Map<String, Object>> onMaps = onMaps(1, 20, 80);
    private final Predicate<Row.Values> onSlots = onSlots(1, 20, 80);
    private int next;

    /** Compares both with the interpreter. */
    @Setup
    public void check() {
        for (int i = 0; i < slots.length; i++) {
            boolean expected = Interpreter.matches(Workload.queries(Shapes.ONE).get(0), Attributes.of(records.get(i)));
            if (onMaps.test(records.get(i)) != expected || onSlots.test(slots[i]) != expected) {
                throw new IllegalStateException("lambda must agree with the interpreter: " + records.get(i));
            }
        }
    }

    /** Evaluates on the maps of the next record. */
    @Benchmark
    public boolean onMaps() {
        next = next + 1 < maps.length ? next + 1 : 0;
        return onMaps.test(maps[next].map());
    }

    /** Evaluates on the slots of the next record. */
    @Benchmark
    public boolean onSlots() {
        next = next + 1 < slots.length ? next + 1 : 0;
        return onSlots.test(slots[next]);
    }

    private static Predicate<Map<String, Object>> onMaps(long zone, long low, long high) {
        return record -> "online".equals(record.get("status"))
                && record.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("zone") instanceof Long z
                && z == zone
                && metadata.get("x") instanceof Long x
                && x >= low
                && x <= high;
    }

    private static Predicate<Row.Values> onSlots(long zone, long low, long high) {
        return row -> "online".equals(row.get(STATUS))
                && row.get(ZONE) instanceof Long z
                && z == zone
                && row.get(X) instanceof Long x
                && x >= low
                && x <= high;
    }

    private static Row.Values filled(Map<String, Object> presence) {
        Row.Values row = new Row.Values();
        row.fill(presence);
        return row;
    }

    private static int slot(String path) {
        return Row.slot(AttributePath.parse(path));
    }
}
