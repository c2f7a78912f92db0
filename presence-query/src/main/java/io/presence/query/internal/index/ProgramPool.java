package io.presence.query.internal.index;

import io.presence.query.Query;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import org.jspecify.annotations.Nullable;

/**
 * A pool of programs, one for each distinct filter: the remaining conditions of many queries are often equal.
 *
 * <p>A program is shared as long as it has users. The paths of its filter must be retained for as long.
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
     * Creates an empty pool.
     *
     * @param table the slots of the paths of filters
     * @param seed of hashes, unknown to untrusted callers
     */
    ProgramPool(SlotTable<?> table, long seed) {
        this.table = table;
        this.seed = seed;
    }

    /** Returns the number of distinct programs. */
    int size() {
        return programs.size();
    }

    /**
     * Returns the program of a filter. Each call must be followed by a {@link #release}.
     *
     * @param filter in normal form; its paths must be {@linkplain SlotTable#retain(Query.Filter) retained} as long as
     *     the program
     */
    Program retain(Query.Filter filter) {
        return retain((int) Normalizer.hash(filter, seed), filter);
    }

    /**
     * Returns the program of a filter, as {@link #retain(Query.Filter)} does.
     *
     * @param hash the hash of the filter by the seed of this pool
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

    /** Releases a program of this pool. */
    void release(Program program) {
        if (!program.unuse()) {
            programs.remove(program);
        }
    }
}
