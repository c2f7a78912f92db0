package io.presence.bench.expiry;

import io.presence.bench.TrialArguments;
import io.presence.bench.expiry.wallclock.WallClockCandidate;
import io.presence.bench.expiry.wallclock.WallClockTimers;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/**
 * Measures the cost of waiting with a million timers that are far from due.
 *
 * <p>The figure is the processor time of the timer threads, in percent of one processor, while no timer is armed or
 * extended. All timers are due in 30 days, the longest TTL of a presence.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.expiry.IdleTrial [timers [seconds [candidate ...]]]
 * }</pre>
 */
public final class IdleTrial {

    private static final Duration FAR = Duration.ofDays(30);
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private IdleTrial() {}

    /** Runs each candidate. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int count = arguments.integer("count", 1_000_000);
        Duration time = Duration.ofSeconds(arguments.integer("seconds", 20));
        for (WallClockCandidate candidate : TimerTrials.candidates(arguments)) {
            double percent = percentOfCore(candidate, count, time);
            MeasurementLog.record(
                    new Figure("IdleTrial", candidate.name(), count, "processor time while idle", percent, "%"));
        }
    }

    private static double percentOfCore(WallClockCandidate candidate, int count, Duration time)
            throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        ThreadFactory noting = task -> {
            Thread made = new Thread(task);
            made.setDaemon(true);
            threads.add(made);
            return made;
        };
        try (WallClockTimers timers = candidate.create(count, noting, id -> {
            throw new IllegalStateException("timer must not be due: " + id);
        })) {
            for (int i = 0; i < count; i++) {
                timers.set(TimerTrials.id(i), FAR);
            }
            timers.settle();
            System.gc();
            Thread.sleep(SETTLING.toMillis());
            long start = System.nanoTime();
            long used = cpuNanos(threads);
            Thread.sleep(time.toMillis());
            used = cpuNanos(threads) - used;
            return 100.0 * used / (System.nanoTime() - start);
        }
    }

    private static long cpuNanos(List<Thread> threads) {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        return threads.stream()
                .filter(Thread::isAlive)
                .mapToLong(thread -> bean.getThreadCpuTime(thread.getId()))
                .sum();
    }
}
