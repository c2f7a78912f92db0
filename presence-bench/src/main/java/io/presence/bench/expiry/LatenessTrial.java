package io.presence.bench.expiry;

import io.presence.bench.TrialArguments;
import io.presence.bench.expiry.wallclock.WallClockCandidate;
import io.presence.bench.expiry.wallclock.WallClockTimers;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures how late an expiry is delivered.
 *
 * <p>All timers are armed before the first is due, so that only the clock wakes the timer thread. They are due at a
 * steady rate, in an order that is independent of memory. The lateness of a timer is the time from its deadline,
 * computed before it is armed, to the call of the one listener. The first three seconds are not counted, because code
 * is compiled then. The earliest figure covers all timers: a negative value would be an early expiry.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.expiry.LatenessTrial [perSecond [seconds [candidate ...]]]
 * }</pre>
 */
public final class LatenessTrial {

    private static final int WARMUP_SECONDS = 3;
    private static final Duration START = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int warmup;
    private final long nanosBetween;
    private final long[] deadlines;
    private final CountDownLatch undelivered;
    private final Histogram lateness = new Histogram(3);
    private long earliest = Long.MAX_VALUE;

    private LatenessTrial(int perSecond, int seconds) {
        warmup = WARMUP_SECONDS * perSecond;
        nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        deadlines = new long[warmup + seconds * perSecond];
        undelivered = new CountDownLatch(deadlines.length);
    }

    /** Runs each candidate. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int perSecond = arguments.integer("perSecond", 10_000);
        int seconds = arguments.integer("seconds", 15);
        for (WallClockCandidate candidate : TimerTrials.candidates(arguments)) {
            LatenessTrial trial = new LatenessTrial(perSecond, seconds);
            trial.run(candidate);
            trial.report(candidate.name(), perSecond);
        }
    }

    private void run(WallClockCandidate candidate) throws InterruptedException {
        int[] order = TimerRecords.shuffled(deadlines.length);
        try (WallClockTimers timers = candidate.create(deadlines.length, TimerTrials::daemon, this::delivered)) {
            long first = System.nanoTime() + START.toNanos();
            for (int i = 0; i < deadlines.length; i++) {
                long due = first + order[i] * nanosBetween;
                long now = System.nanoTime();
                deadlines[i] = due;
                timers.set(TimerTrials.id(i), Duration.ofNanos(due - now));
            }
            System.gc();
            long end = PATIENCE.toNanos() + nanosBetween * deadlines.length;
            if (System.nanoTime() > first || !undelivered.await(end, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("timers must expire in time: " + undelivered.getCount() + " left");
            }
        }
    }

    private void delivered(String id) {
        long now = System.nanoTime();
        int timer = TimerTrials.number(id);
        long late = now - deadlines[timer];
        earliest = Math.min(earliest, late);
        if (deadlines.length - undelivered.getCount() >= warmup) {
            lateness.recordValue(Math.max(0, late));
        }
        undelivered.countDown();
    }

    private void report(String candidate, int perSecond) {
        record(candidate, perSecond, "earliest", earliest);
        record(candidate, perSecond, "p50", lateness.getValueAtPercentile(50));
        record(candidate, perSecond, "p99", lateness.getValueAtPercentile(99));
        record(candidate, perSecond, "p99.9", lateness.getValueAtPercentile(99.9));
        record(candidate, perSecond, "max", lateness.getMaxValue());
    }

    private static void record(String candidate, int perSecond, String measure, long nanos) {
        MeasurementLog.record(
                new Figure("LatenessTrial", candidate, perSecond, "lateness " + measure, nanos / 1e6, "ms"));
    }
}
