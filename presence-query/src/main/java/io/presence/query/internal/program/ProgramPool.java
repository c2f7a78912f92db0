package io.presence.query.internal.program;

import io.presence.query.internal.hash.Polynomial;
import io.presence.query.internal.hash.ProbeTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Programs, each once: what remains to be asked of the candidates of many queries is often the same. Different programs of
 * one shape still share their code.
 *
 * <p><b>Cost.</b> Linear in the size of a program.
 * <p><b>Threads.</b> For one thread.
 */
public final class ProgramPool {
    private static final long WORD = 0xffff_ffffL;

    private final Codes codes = new Codes();
    private final Programs programs = new Programs();
    private final Polynomial polynomial;

    private static final class Programs extends ProbeTable<Program> {
        @Override
        protected int hash(Program program) {
            return program.hash();
        }
    }

    private static final class Codes extends ProbeTable<Code> {
        @Override
        protected int hash(Code code) {
            return code.hash;
        }
    }

    private static final class Code {
        private final int hash;
        private final int[] words;
        private int users;

        private Code(int hash, int[] words) {
            this.hash = hash;
            this.words = words;
        }
    }

    /**
     * Makes an empty pool.
     *
     * @param seed of hashes, not to be known to those who choose what programs ask
     */
    public ProgramPool(long seed) {
        polynomial = new Polynomial(seed);
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
            found = program.pooled(hash, retain(program.code()).words);
            programs.add(found);
        }
        found.use();
        return found;
    }

    private Code retain(int[] words) {
        int hash = hash(words);
        Code code = find(hash, words);
        if (code == null) {
            code = new Code(hash, words);
            codes.add(code);
        }
        code.users++;
        return code;
    }

    private @Nullable Code find(int hash, int[] words) {
        int index = codes.start(hash);
        Code found = codes.at(index);
        while (found != null && !Arrays.equals(found.words, words)) {
            index = codes.next(index, hash);
            found = codes.at(index);
        }
        return found;
    }

    private int hash(int[] words) {
        long sum = 0;
        for (int word : words) {
            sum = polynomial.step(sum, 1 + (word & WORD));
        }
        return (int) polynomial.finish(sum);
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
        int[] words = program.code();
        Code code = find(hash(words), words);
        if (code != null && --code.users == 0) {
            codes.remove(code);
        }
    }
}
