package io.presence.query;

import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.LazyProgram;
import java.util.function.Predicate;

/**
 * A filter compiled to be asked of many records. It agrees with the {@link Interpreter} on every record.
 *
 * <p><b>Cost.</b> Compiling takes O(n log n) in the size of the filter. A test runs at most {@link #size()}
 * instructions, those within an {@code elemMatch} for each element, and reads an attribute when an instruction first
 * asks for it. An instruction takes constant time, or time logarithmic in its number of values, except that
 * {@code contains} reads the string or list once, and that strings, lists, maps and big numbers are compared in time
 * linear in their size. A test allocates nothing, unless it meets a {@code BigDecimal} or {@code BigInteger}, or is
 * asked for lists or maps.
 * <p><b>Threads.</b> For one thread at a time: the values of the record under test are kept within.
 *
 * @param <R> the type of records
 */
public final class CompiledQuery<R> implements Predicate<R> {
    private final LazyProgram<R> program;

    private CompiledQuery(LazyProgram<R> program) {
        this.program = program;
    }

    /**
     * Compiles a filter.
     *
     * @param filter to be asked; that of a stranger is to be checked against {@link QueryLimits} first
     * @param schema how to read the records
     * @throws QueryException when the filter does not fit the schema; {@code LIMIT_EXCEEDED} if it is nested more than
     *     200 deep
     */
    public static <R> CompiledQuery<R> compile(Query.Filter filter, RecordSchema<R> schema) {
        schema.check(Trees.shallow("filter", filter));
        Query.Filter normal = Normalizer.normalize(filter);
        return new CompiledQuery<>(new LazyProgram<>(normal, schema::reader));
    }

    /** Returns whether the filter holds for the record. */
    @Override
    public boolean test(R record) {
        return program.test(Checks.notNull("record", record));
    }

    /**
     * Returns the operations of all tests so far: instructions, and the characters, elements and keys that these have
     * read. One takes some 2 to 6 nanoseconds. Those of one test are at most {@link QueryLimits#operations} if the
     * filter is within these limits and the record is as large as a presence can be.
     */
    public long operations() {
        return program.operations();
    }

    /** Returns how many instructions the filter was compiled to: what a test costs at most, see above. */
    public int size() {
        return program.size();
    }
}
