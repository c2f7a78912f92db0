package io.presence.bench.store;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How long the rounds of one phase took, in several runs that do the same: what a round took each time is the least that it
 * took in any of them. What the machine does happens to another round in another run; what a round has to do does not.
 *
 * <p><b>Threads.</b> For one.
 */
final class Rounds {
    private long[] least = new long[1 << 16];
    private int rounds;
    private int round;
    private boolean isFirstRun = true;
    private final Histogram all = new Histogram(3);

    /** Notes the next round of this run. */
    void took(long nanos) {
        all.recordValue(nanos);
        if (isFirstRun) {
            if (round == least.length) {
                least = Arrays.copyOf(least, 2 * round);
            }
            least[round] = nanos;
        } else if (round < rounds) {
            least[round] = Math.min(least[round], nanos);
        }
        round++;
    }

    /** Notes that the run is over. */
    void endRun() {
        if (isFirstRun) {
            rounds = round;
        } else if (round != rounds) {
            throw new IllegalStateException("runs must have the same rounds: " + round + ", " + rounds);
        }
        isFirstRun = false;
        round = 0;
    }

    /** What 999 of 1,000 took at most, in any run. */
    long mostByFar() {
        return all.getValueAtPercentile(99.9);
    }

    /** What the longest of all took. */
    long longest() {
        return all.getMaxValue();
    }

    /** What the round took that took longest each time. */
    long longestEachTime() {
        return Arrays.stream(least, 0, rounds).max().orElse(0);
    }
}
