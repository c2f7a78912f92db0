package io.presence.query;

import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.LazyProgram;
import java.util.function.Predicate;

/**
 * A compiled filter, for the evaluation of many records. It agrees with the {@link Interpreter} on every record.
 *
 * <p><b>Cost.</b> Compiling takes O(n log n) in the size of the filter. A test runs at most {@link #size()}
 * instructions, those within an {@code elemMatch} for each element, and reads an attribute when an instruction first
 * needs it. An instruction takes constant time, or time logarithmic in the number of its values. There are two
 * exceptions. {@code contains} reads the string or list once. A comparison of strings, lists, maps or big numbers takes
 * time linear in their size. A test allocates nothing unless it reads a {@code BigDecimal} or {@code BigInteger} or
 * compares lists or maps.
 * <p><b>Threads.</b> For one thread at a time: it stores the values of the record under test.
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
     * @param filter the filter; check it against {@link QueryLimits} first if it comes from an untrusted caller
     * @param schema the schema that reads the records
     * @throws QueryException if the filter does not fit the schema; {@code LIMIT_EXCEEDED} if it is nested more than
     *     200 deep
     */
    public static <R> CompiledQuery<R> compile(Query.Filter filter, RecordSchema<R> schema) {
        Checks.notNull("schema", schema).check(Trees.shallow("filter", filter));
        Query.Filter normal = Normalizer.normalize(filter);
        return new CompiledQuery<>(new LazyProgram<>(normal, schema::reader));
    }

    /** Returns whether the filter holds for the record. */
    @Override
    public boolean test(R record) {
        return program.test(Checks.notNull("record", record));
    }

    /**
     * Returns the operations of all tests so far: instructions, and the characters, elements and keys that they have
     * read. An operation takes 2 to 6 nanoseconds. One test takes at most {@link QueryLimits#operations} if the filter
     * is within these limits and the record is at most as large as a presence can be.
     */
    public long operations() {
        return program.operations();
    }

    /**
     * Returns the number of instructions of the compiled filter, which is the maximum for a test as described above.
     */
    public int size() {
        return program.size();
    }
}
