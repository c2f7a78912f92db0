package io.presence.bench.store;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How long the cycles of one phase took, in several runs that do the same: what a cycle took each time is the least that it
 * took in any of them. What the machine does happens to another cycle in another run; what a cycle has to do does not.
 *
 * <p><b>Threads.</b> For one.
 */
final class DutyCycleTimings {
    private long[] least = new long[1 << 16];
    private int cycles;
    private int cycle;
    private boolean isFirstRun = true;
    private final Histogram all = new Histogram(3);

    /** Notes the next cycle of this run. */
    void record(long nanos) {
        all.recordValue(nanos);
        if (isFirstRun) {
            if (cycle == least.length) {
                least = Arrays.copyOf(least, 2 * cycle);
            }
            least[cycle] = nanos;
        } else if (cycle < cycles) {
            least[cycle] = Math.min(least[cycle], nanos);
        }
        cycle++;
    }

    /** Notes that the run is over. */
    void endRun() {
        if (isFirstRun) {
            cycles = cycle;
        } else if (cycle != cycles) {
            throw new IllegalStateException("runs must have the same cycles: " + cycle + ", " + cycles);
        }
        isFirstRun = false;
        cycle = 0;
    }

    /** What 999 of 1,000 took at most, in any run. */
    long percentile999() {
        return all.getValueAtPercentile(99.9);
    }

    /** What the longest of all took. */
    long longest() {
        return all.getMaxValue();
    }

    /** What the cycle took that took longest each time. */
    long longestOfMinima() {
        return Arrays.stream(least, 0, cycles).max().orElse(0);
    }
}
