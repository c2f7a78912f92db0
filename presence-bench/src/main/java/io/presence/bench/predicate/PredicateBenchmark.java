package io.presence.bench.predicate;

import io.presence.bench.AttributeRow;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Query;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the evaluation of a query, and the effect of many different queries in one process.
 *
 * <p>One operation evaluates one query on one record. A query is
 * {@code status = online and zone = n and x between a and b}, or a random tree. All queries are evaluated on a record
 * before the next record, which makes too many pairs for branch prediction. The time to fill slots is not included; see
 * {@link SlotFillBenchmark}.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar PredicateBenchmark -prof gc -p technique=LAMBDAS,SPEL -p shapes=ONE
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PredicateBenchmark {

    /** The technique of evaluation. */
    @Param
    public Technique technique = Technique.INTERPRETER;

    /** The queries. */
    @Param
    public Shapes shapes = Shapes.ONE;

    private Predicate<AttributeRow>[] queries = empty(0);
    private AttributeRow[] rows = {};
    private int query;
    private int row;

    /** Compiles all queries and compares each with the interpreter on each record. */
    @Setup
    public void setUp() {
        List<Query.Filter> filters = PredicateWorkload.queries(shapes);
        List<Map<String, Object>> records = PredicateWorkload.records();
        rows = records.stream().map(technique::row).toArray(AttributeRow[]::new);
        if (shapes == Shapes.AMONG) {
            PredicateWorkload.queries(Shapes.DIFFERENT)
                    .forEach(other -> check(technique.name(), other, technique.compile(other, records), rows));
        }
        queries = empty(filters.size());
        for (int i = 0; i < queries.length; i++) {
            queries[i] = technique.compile(filters.get(i), records);
            check(technique.name(), filters.get(i), queries[i], rows);
        }
    }

    /** Evaluates the next query. After the last query it continues with the first query on the next record. */
    @Benchmark
    public boolean evaluate() {
        query++;
        if (query == queries.length) {
            query = 0;
            row = row + 1 < rows.length ? row + 1 : 0;
        }
        return queries[query].test(rows[row]);
    }

    /** Compares a compiled filter with the interpreter on the rows of all records. */
    static void check(String name, Query.Filter filter, Predicate<AttributeRow> compiled, AttributeRow[] rows) {
        List<Map<String, Object>> records = PredicateWorkload.records();
        for (int i = 0; i < rows.length; i++) {
            boolean expected = Interpreter.matches(filter, Attributes.of(records.get(i)));
            if (compiled.test(rows[i]) != expected) {
                throw new IllegalStateException(name + " must agree with the interpreter: " + filter);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Predicate<AttributeRow>[] empty(int length) {
        return (Predicate<AttributeRow>[]) new Predicate<?>[length];
    }
}
