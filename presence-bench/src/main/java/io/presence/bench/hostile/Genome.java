package io.presence.bench.hostile;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The parameters of a query and a record, each from 0 to below its bound. */
record Genome(int[] genes) {

    static final int METHOD = 0;
    static final int OPERAND = 1;
    static final int OPERANDS = 2;
    static final int LENGTH = 3;
    static final int FILTERS = 4;
    static final int SPREAD = 5;
    static final int GROUP = 6;
    static final int CONDITIONS = 7;
    static final int FILLING = 8;
    static final int NESTING = 9;

    private static final int[] BOUNDS = {8, 7, 500, 256, 100, 2, 3, 40, 9, 4};

    static Genome random(SplittableRandom random) {
        int[] genes = new int[BOUNDS.length];
        Arrays.setAll(genes, i -> random.nextInt(1 + random.nextInt(BOUNDS[i])));
        return new Genome(genes);
    }

    int gene(int index) {
        return genes[index];
    }

    /** Returns a neighbour: one or two genes have another value, random or near the old one. */
    Genome mutated(SplittableRandom random) {
        int[] changed = genes.clone();
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            int index = random.nextInt(BOUNDS.length);
            int step = 1 + BOUNDS[index] / 8;
            int moved = changed[index] + random.nextInt(2 * step + 1) - step;
            changed[index] = random.nextInt(3) == 0
                    ? random.nextInt(BOUNDS[index])
                    : Math.max(0, Math.min(BOUNDS[index] - 1, moved));
        }
        return new Genome(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Genome genome && Arrays.equals(genes, genome.genes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(genes);
    }

    @Override
    public String toString() {
        return Arrays.toString(genes);
    }
}
