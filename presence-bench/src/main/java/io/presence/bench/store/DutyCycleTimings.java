package io.presence.bench.store;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The times of the duty cycles of one phase, in several equal runs. The minimum of a cycle over the runs is its own
 * cost: a delay by the machine affects another cycle in another run, but the work of a cycle is in every run.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class DutyCycleTimings {

    private long[] minima = new long[1 << 16];
    private int cycles;
    private int cycle;
    private boolean isFirstRun = true;
    private final Histogram all = new Histogram(3);

    /** Records the time of the next cycle of this run. */
    void record(long nanos) {
        all.recordValue(nanos);
        if (isFirstRun) {
            if (cycle == minima.length) {
                minima = Arrays.copyOf(minima, 2 * cycle);
            }
            minima[cycle] = nanos;
        } else if (cycle < cycles) {
            minima[cycle] = Math.min(minima[cycle], nanos);
        }
        cycle++;
    }

    /** Ends a run. */
    void endRun() {
        if (isFirstRun) {
            cycles = cycle;
        } else if (cycle != cycles) {
            throw new IllegalStateException("runs must have the same cycles: " + cycle + ", " + cycles);
        }
        isFirstRun = false;
        cycle = 0;
    }

    /** Returns the 99.9th percentile of all cycles in all runs. */
    long percentile999() {
        return all.getValueAtPercentile(99.9);
    }

    /** Returns the longest time of all cycles in all runs. */
    long longest() {
        return all.getMaxValue();
    }

    /** Returns the greatest minimum of a cycle over the runs. */
    long longestOfMinima() {
        return Arrays.stream(minima, 0, cycles).max().orElse(0);
    }
}
