package io.presence.bench.system;

import com.sun.management.ThreadMXBean;
import io.presence.PresenceStore;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures the duty cycles of a store at 20,000 writes a second, beside those of the same store without a write.
 *
 * <p>A thread of this trial drives the store and measures each cycle twice: by the clock, and by the processor time of
 * the thread. The first includes what the machine takes away, and the pauses of the garbage collector, which is why the
 * idle cycles are measured in the same run. The second includes neither.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.system.RoundTrial [presences [subscriptions [seconds [rounds]]]]
 * }</pre>
 */
public final class RoundTrial {

    private static final int WARM_UP_SECONDS = 5;
    private static final long PAUSE_NANOS = 50_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int presences;
    private final PacedWrites writes;
    private final AtomicLong delivered = new AtomicLong();
    private volatile Cycles measured = new Cycles();
    private volatile Cycles recorded = measured;
    private volatile boolean isStopped;

    /** The times of cycles. */
    private static final class Cycles {

        private final Histogram byClock = new Histogram(3);
        private final Histogram byProcessor = new Histogram(3);
    }

    private RoundTrial(int presences, int subscriptions) {
        this.presences = presences;
        this.writes = new PacedWrites(presences, subscriptions);
    }

    /** Runs the rounds. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int presences = arguments.integer("presences", 100_000);
        int subscriptions = arguments.integer("subscriptions", 1_000);
        int seconds = arguments.integer("seconds", 20);
        int rounds = arguments.integer("rounds", 3);
        new RoundTrial(presences, subscriptions).run(seconds, rounds);
    }

    private void run(int seconds, int rounds) throws InterruptedException {
        PresenceStore store =
                writes.store(PresenceStore.builder().callerDriven(), event -> delivered.incrementAndGet());
        Thread driver = new Thread(() -> drive(store));
        driver.start();
        writes.fill(store);
        writes.paced(WARM_UP_SECONDS, (due, number) -> writes.write(store, due, number));
        for (int round = 0; round < rounds; round++) {
            takeCycles();
            /* The writer waits as exactly as when it writes. */
            writes.paced(seconds, (due, number) -> {});
            record("IDLE", takeCycles());
            long before = delivered.get();
            writes.paced(seconds, (due, number) -> writes.write(store, due, number));
            store.flush().toCompletableFuture().join();
            record("PRESENCE", takeCycles());
            if (delivered.get() - before < (long) seconds * PacedWrites.PER_SECOND / 2) {
                throw new IllegalStateException("writes must be delivered: " + (delivered.get() - before));
            }
        }
        isStopped = true;
        driver.join();
        store.close();
    }

    /** Returns the cycles since the last call, once the driver records no more of them. */
    private Cycles takeCycles() {
        Cycles taken = measured;
        Cycles next = new Cycles();
        measured = next;
        while (recorded != next) {
            Thread.onSpinWait();
        }
        return taken;
    }

    private void drive(PresenceStore store) {
        while (!isStopped) {
            Cycles cycles = measured;
            recorded = cycles;
            long start = System.nanoTime();
            long startOfThread = THREADS.getCurrentThreadCpuTime();
            int work = store.doWork();
            cycles.byProcessor.recordValue(THREADS.getCurrentThreadCpuTime() - startOfThread);
            cycles.byClock.recordValue(System.nanoTime() - start);
            if (work == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void record(String candidate, Cycles cycles) {
        for (double percentile : new double[] {50, 99.9, 100}) {
            record(candidate, "p" + percentile + " of a cycle", cycles.byClock, percentile);
            record(candidate, "p" + percentile + " of a cycle, processor time", cycles.byProcessor, percentile);
        }
    }

    private void record(String candidate, String measure, Histogram times, double percentile) {
        double micros = times.getValueAtPercentile(percentile) / 1e3;
        MeasurementLog.record(new Figure("RoundTrial", candidate, presences, measure, micros, "us"));
    }
}
