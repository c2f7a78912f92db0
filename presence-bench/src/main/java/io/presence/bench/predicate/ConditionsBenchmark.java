package io.presence.bench.predicate;

import io.presence.bench.AttributeRow;
import io.presence.bench.predicate.technique.HandWritten;
import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
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
 * Measures a query of one, three or eight conditions beside the same query in Java and in expression languages.
 *
 * <p>One operation evaluates one query on the next of 256 records. Candidates whose names end in {@code SLOTS} read
 * values that were resolved once for all queries ({@link SlotFillBenchmark}). Compare them with each other, and compare
 * the others, which read the maps of the record, with each other.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar ConditionsBenchmark -prof gc \
 *     -p candidate=PROGRAM_SLOTS,HAND_WRITTEN_SLOTS
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConditionsBenchmark {

    /** The candidate. */
    @Param
    public PredicateCandidate candidate = PredicateCandidate.PROGRAM_SLOTS;

    /** The number of conditions: 1, 3 or 8. */
    @Param({"1", "3", "8"})
    public int conditions;

    private Predicate<AttributeRow> query = row -> false;
    private AttributeRow[] rows = {};
    private int row;

    /** The library and its alternatives. */
    public enum PredicateCandidate {
        /** The program of the compiled query. */
        PROGRAM_SLOTS(Technique.PROGRAM_SLOTS),
        /** Java. */
        HAND_WRITTEN_SLOTS(Technique.LAMBDAS_SLOTS, HandWritten::onSlots),
        /** Java compiled by Janino at run time. */
        JANINO_SLOTS(Technique.JANINO_SLOTS),
        /** The compiled query, which reads the record. */
        COMPILED(Technique.COMPILED),
        /** Java. */
        HAND_WRITTEN(Technique.LAMBDAS, HandWritten::onMaps),
        /** Java compiled by Janino at run time. */
        JANINO(Technique.JANINO),
        /** Spring's expression language, compiled. */
        SPEL(Technique.SPEL),
        /** MVEL, compiled. */
        MVEL(Technique.MVEL),
        /** The Common Expression Language. */
        CEL(Technique.CEL),
        /** The Common Expression Language with its newer runtime. */
        CEL_PLANNER(Technique.CEL_PLANNER);

        private final Technique technique;
        private final IntFunction<Predicate<AttributeRow>> query;

        PredicateCandidate(Technique technique) {
            this(
                    technique,
                    conditions ->
                            technique.compile(PredicateWorkload.conditions(conditions), PredicateWorkload.records()));
        }

        /** Makes a candidate with the rows of a technique and a query that is written by hand. */
        PredicateCandidate(Technique technique, IntFunction<Predicate<AttributeRow>> query) {
            this.technique = technique;
            this.query = query;
        }
    }

    /** Makes the query and compares it with the interpreter on each record. */
    @Setup
    public void setUp() {
        List<Map<String, Object>> records = PredicateWorkload.records();
        Query.Filter filter = PredicateWorkload.conditions(conditions);
        query = candidate.query.apply(conditions);
        rows = records.stream().map(candidate.technique::row).toArray(AttributeRow[]::new);
        PredicateBenchmark.check(candidate.name(), filter, query, rows);
    }

    /** Evaluates the query on the next record. */
    @Benchmark
    public boolean evaluate() {
        row = row + 1 < rows.length ? row + 1 : 0;
        return query.test(rows[row]);
    }
}
