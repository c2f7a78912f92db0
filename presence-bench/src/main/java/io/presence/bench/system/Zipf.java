package io.presence.bench.system;

import java.util.Arrays;
import java.util.Random;

/** Draws numbers of which the first is the most frequent, the second half as frequent, the third a third, and so on. */
final class Zipf {
    private final double[] sums;

    Zipf(int size) {
        sums = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
    }

    /** Draws a number from 0 to below the size. */
    int draw(Random random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return found < 0 ? -found - 1 : found;
    }
}
