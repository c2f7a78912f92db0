package io.presence.bench.expiry;

import io.presence.bench.expiry.wallclock.Alarms;
import io.presence.bench.expiry.wallclock.Candidate;
import io.presence.bench.report.Figures;
import io.presence.bench.report.Figures.Figure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How late is an end of life told?
 *
 * <p>All alarms are set before the first is due, so that nothing but the clock wakes who waits for them. From then on they
 * are due at a steady rate, in an order that has nothing to do with memory. The lateness of one is from when it was due,
 * reckoned from the moment before it was set, to when the one listener is called; those of the first three seconds are left
 * out, while code is compiled. The earliest is of all: less than nothing would be too early.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar io.presence.bench.expiry.LatenessTrial [perSecond [seconds [candidate ...]]]
 * }</pre>
 */
public final class LatenessTrial {
    private static final int WARMUP_SECONDS = 3;
    private static final Duration START = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int warmup;
    private final long nanosBetween;
    private final long[] deadlines;
    private final CountDownLatch untold;
    private final Histogram lateness = new Histogram(3);
    private long earliest = Long.MAX_VALUE;

    private LatenessTrial(int perSecond, int seconds) {
        warmup = WARMUP_SECONDS * perSecond;
        nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
        deadlines = new long[warmup + seconds * perSecond];
        untold = new CountDownLatch(deadlines.length);
    }

    /** Tries everybody. */
    public static void main(String[] args) throws InterruptedException {
        int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
        for (Candidate candidate : Trials.chosen(args, 2)) {
            LatenessTrial trial = new LatenessTrial(perSecond, seconds);
            trial.run(candidate);
            trial.report(candidate.name(), perSecond);
        }
    }

    private void run(Candidate candidate) throws InterruptedException {
        int[] turns = Crowd.shuffled(deadlines.length);
        try (Alarms alarms = candidate.create(deadlines.length, Trials::daemon, this::told)) {
            long first = System.nanoTime() + START.toNanos();
            for (int i = 0; i < deadlines.length; i++) {
                long due = first + turns[i] * nanosBetween;
                long now = System.nanoTime();
                deadlines[i] = due;
                alarms.set(Trials.id(i), Duration.ofNanos(due - now));
            }
            System.gc();
            long end = PATIENCE.toNanos() + nanosBetween * deadlines.length;
            if (System.nanoTime() > first || !untold.await(end, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("alarms must go off in time: " + untold.getCount() + " have not");
            }
        }
    }

    private void told(String id) {
        long now = System.nanoTime();
        int alarm = Trials.number(id);
        long late = now - deadlines[alarm];
        earliest = Math.min(earliest, late);
        if (deadlines.length - untold.getCount() >= warmup) {
            lateness.recordValue(Math.max(0, late));
        }
        untold.countDown();
    }

    private void report(String candidate, int perSecond) {
        note(candidate, perSecond, "earliest", earliest);
        note(candidate, perSecond, "p50", lateness.getValueAtPercentile(50));
        note(candidate, perSecond, "p99", lateness.getValueAtPercentile(99));
        note(candidate, perSecond, "p99.9", lateness.getValueAtPercentile(99.9));
        note(candidate, perSecond, "max", lateness.getMaxValue());
    }

    private static void note(String candidate, int perSecond, String measure, long nanos) {
        Figures.note(new Figure("LatenessTrial", candidate, perSecond, "lateness " + measure, nanos / 1e6, "ms"));
    }
}
