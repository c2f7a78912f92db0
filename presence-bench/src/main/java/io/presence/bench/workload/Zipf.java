package io.presence.bench.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ranks of which the k-th is drawn 1/k as often as the first, as for rooms, documents and their users.
 *
 * <p><b>Cost.</b> Eight bytes for each rank, and a binary search for each draw. Draw before the measurement.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class Zipf {

    private final double[] cumulative;
    private final SplittableRandom random;

    /**
     * Makes a distribution of a number of ranks.
     *
     * @throws IllegalArgumentException if {@code ranks} is not positive
     */
    public Zipf(int ranks, long seed) {
        if (ranks <= 0) {
            throw new IllegalArgumentException("ranks must be positive: " + ranks);
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        random = new SplittableRandom(seed);
    }

    /** Draws a rank, from 0. */
    public int next() {
        double drawn = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, drawn);
        return Math.min(found < 0 ? ~found : found + 1, cumulative.length - 1);
    }
}
