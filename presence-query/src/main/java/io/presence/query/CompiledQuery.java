package io.presence.query;

import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.Compiler;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.slots.SlotTable;
import io.presence.query.internal.slots.Slots;
import java.util.function.Predicate;

/**
 * A filter compiled to be asked of many records. It agrees with the {@link Interpreter} on every record.
 *
 * <p><b>Cost.</b> Compiling takes O(n log n) in the size of the filter. A test reads each attribute of the record that the
 * filter names, and then runs at most {@link #size()} instructions, those within an {@code elemMatch} for each
 * element. An instruction takes constant time, but for comparing strings, for {@code contains} on a string or a list, and
 * for more than four values that are not strings or whole numbers. A test allocates nothing, unless it meets a
 * {@code BigDecimal} or {@code BigInteger}, or numbers and timestamps within lists.
 * <p><b>Threads.</b> For one thread at a time: the values of the record under test are kept within.
 *
 * @param <R> the type of records
 */
public final class CompiledQuery<R> implements Predicate<R> {
    private final SlotTable<R> table;
    private final Slots slots = new Slots();
    private final Program program;

    private CompiledQuery(SlotTable<R> table, Program program) {
        this.table = table;
        this.program = program;
    }

    /**
     * Compiles a filter.
     *
     * @param filter to be asked; that of a stranger is to be checked against {@link QueryLimits} first
     * @param schema how to read the records
     * @throws QueryException when the filter does not fit the schema
     */
    public static <R> CompiledQuery<R> compile(Query.Filter filter, RecordSchema<R> schema) {
        Checks.notNull("filter", filter);
        schema.check(filter);
        Query.Filter normal = Normalizer.normalize(filter);
        SlotTable<R> table = new SlotTable<>(schema::reader);
        Compiler.retain(normal, table);
        return new CompiledQuery<>(table, Compiler.compile(normal, table));
    }

    /** Returns whether the filter holds for the record. */
    @Override
    public boolean test(R record) {
        table.fill(Checks.notNull("record", record), slots);
        return program.test(slots);
    }

    /** Returns how many instructions the filter was compiled to: what a test costs at most, see above. */
    public int size() {
        return program.size();
    }
}
