package io.presence.query.internal.index;

import io.presence.query.Query;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import org.jspecify.annotations.Nullable;

/**
 * The programs of filters, each once: what remains to be asked of the candidates of many queries is often the same.
 *
 * <p>A filter has the same program as long as somebody uses it, which supposes that its paths are retained for as long.
 *
 * <p><b>Cost.</b> Linear in the size of a filter.
 * <p><b>Threads.</b> For one thread.
 */
final class ProgramPool {
    private final SlotTable<?> table;
    private final long seed;
    private final ProbeTable<Program> programs = new ProbeTable<>() {
        @Override
        protected int hash(Program program) {
            return program.hash();
        }
    };

    /**
     * Makes an empty pool.
     *
     * @param table gives the slots of the paths of filters
     * @param seed of hashes, not to be known to those who choose what filters ask
     */
    ProgramPool(SlotTable<?> table, long seed) {
        this.table = table;
        this.seed = seed;
    }

    /** Returns how many different programs there are. */
    int size() {
        return programs.size();
    }

    /**
     * Returns the one program of a filter, until it was {@linkplain #release released} as often as retained.
     *
     * @param filter in normal form, whose paths are {@linkplain SlotTable#retain(Query.Filter) retained} as long as the program is
     */
    Program retain(Query.Filter filter) {
        return retain((int) Normalizer.hash(filter, seed), filter);
    }

    /**
     * Returns the one program of a filter, as {@link #retain(Query.Filter)} does.
     *
     * @param hash of the filter, by the seed of this pool
     * @param filter in normal form
     */
    Program retain(int hash, Query.Filter filter) {
        Program found = find(hash, filter);
        if (found == null) {
            found = Program.compile(filter, table);
            found.hash(hash);
            programs.add(found);
        }
        found.use();
        return found;
    }

    private @Nullable Program find(int hash, Query.Filter filter) {
        int index = programs.start(hash);
        Program found = programs.at(index);
        while (found != null && !found.filter().equals(filter)) {
            index = programs.next(index, hash);
            found = programs.at(index);
        }
        return found;
    }

    /** Gives back a program of this pool. */
    void release(Program program) {
        if (!program.unuse()) {
            programs.remove(program);
        }
    }
}
