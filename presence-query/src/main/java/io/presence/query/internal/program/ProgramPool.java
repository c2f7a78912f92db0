package io.presence.query.internal.program;

import io.presence.query.internal.hash.ProbeTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Programs, each once: what remains to be asked of the candidates of many queries is often the same. Different programs of
 * one shape still share their code.
 *
 * <p><b>Cost.</b> Linear in the size of a program.
 * <p><b>Threads.</b> For one thread.
 */
public final class ProgramPool {
    private final Map<Code, Code> codes = new HashMap<>();
    private final Programs programs = new Programs();

    private static final class Programs extends ProbeTable<Program> {
        @Override
        protected int hash(Program program) {
            return program.hash();
        }
    }

    /** Ordered too, for a map puts keys whose hashes collide in order. */
    private static final class Code implements Comparable<Code> {
        private final int[] words;
        private int users;

        private Code(int[] words) {
            this.words = words;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Code code && Arrays.equals(words, code.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }

        @Override
        public int compareTo(Code other) {
            return Arrays.compare(words, other.words);
        }
    }

    /** Returns how many different programs there are. */
    public int size() {
        return programs.size();
    }

    /**
     * Returns the one program that is the same as another, until it was {@linkplain #release released} as often as retained.
     *
     * @param hash of what the program was compiled from
     */
    public Program retain(int hash, Program program) {
        Program found = find(hash, program);
        if (found == null) {
            Code code = codes.computeIfAbsent(new Code(program.code()), given -> given);
            code.users++;
            found = program.pooled(hash, code.words);
            programs.add(found);
        }
        found.use();
        return found;
    }

    private @Nullable Program find(int hash, Program program) {
        int index = programs.start(hash);
        Program found = programs.at(index);
        while (found != null && !found.isSameAs(program)) {
            index = programs.next(index, hash);
            found = programs.at(index);
        }
        return found;
    }

    /** Gives back a program of this pool. */
    public void release(Program program) {
        if (program.unuse()) {
            return;
        }
        programs.remove(program);
        Code key = new Code(program.code());
        Code code = codes.get(key);
        if (code != null && --code.users == 0) {
            codes.remove(key);
        }
    }
}
