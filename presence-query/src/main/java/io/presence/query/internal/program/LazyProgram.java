package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Query;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program with its own slots, each of which is filled when an instruction first reads it.
 *
 * <p><b>Cost.</b> That of the program, and one look-up per key of the path of each slot that is read.
 * <p><b>Threads.</b> For one thread: it stores the values of the record under test.
 *
 * @param <R> the type of records
 */
public final class LazyProgram<R> {

    private final Program program;
    private final Slots slots = new Slots();
    private final Source<R>[] sources;
    private long tests;

    /**
     * Compiles a filter in normal form.
     *
     * @param readers returns the reader of each attribute
     */
    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    public LazyProgram(Query.Filter normal, Function<String, AttributeReader<R>> readers) {
        SlotTable<R> table = new SlotTable<>(readers);
        table.retain(normal);
        program = Compiler.compile(normal, table);
        sources = (Source<R>[]) new Source<?>[table.size()];
        PathVisitor.visit(normal, (level, path) -> {
            if (level == PathVisitor.RECORD) {
                sources[table.slot(path)] = new Source<>(table.reader(path.root()), path);
            }
        });
    }

    /** The reader of one slot, and the number of the test for which it was last filled. */
    private static final class Source<R> {
        private final AttributeReader<R> reader;
        private final AttributePath path;
        private long filledFor;

        Source(AttributeReader<R> reader, AttributePath path) {
            this.reader = reader;
            this.path = path;
        }

        void fill(R record, Slots slots, int slot) {
            if (path.size() == 1) {
                reader.fill(record, slots, slot);
            } else {
                slots.fill(slot, Attributes.resolve(reader.value(record), path, 1));
            }
        }
    }

    /** Returns whether the filter holds for a record. */
    public boolean test(R record) {
        slots.clear(sources.length);
        tests++;
        Instruction at = program.entry();
        int asked = 0;
        while (at != Instruction.REJECT && at != Instruction.ACCEPT) {
            fill(record, at.slot());
            at = at.next(slots);
            asked++;
        }
        slots.spend(asked);
        return at == Instruction.ACCEPT;
    }

    private void fill(R record, int slot) {
        /* A slot of an element has no source: NEXT_ELEMENT fills it. */
        @Nullable Source<R> source = sources[slot];
        if (source != null && source.filledFor != tests) {
            source.filledFor = tests;
            source.fill(Objects.requireNonNull(record), slots, slot);
        }
    }

    /** Returns the number of instructions. */
    public int size() {
        return program.size();
    }

    /** Returns the operations of all tests so far. */
    public long operations() {
        return slots.spent();
    }
}
