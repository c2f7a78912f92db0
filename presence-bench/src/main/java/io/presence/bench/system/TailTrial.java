package io.presence.bench.system;

import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.HdrHistogram.Histogram;

/**
 * Measures the time from the moment at which a write is due to the call of the listener that asked for it.
 *
 * <p>One thread writes 20,000 times a second at fixed times, each time another one of the live presences, and each
 * write is delivered to one of the subscriptions. {@code HANDOFF} is what the machine itself takes: the same thread
 * puts each due time in a queue, and another thread takes it. Both run in turn, since other processes delay them alike.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.system.TailTrial [presences [subscriptions [seconds [rounds]]]]
 * }</pre>
 */
public final class TailTrial {

    private static final int WARM_UP_SECONDS = 5;
    private static final long END = -1;

    private final int presences;
    private final PacedWrites writes;
    private final int seconds;
    private Histogram times = new Histogram(3);

    private TailTrial(int presences, int subscriptions, int seconds) {
        this.presences = presences;
        this.writes = new PacedWrites(presences, subscriptions);
        this.seconds = seconds;
    }

    /** Runs the rounds. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int presences = arguments.integer("presences", 100_000);
        int subscriptions = arguments.integer("subscriptions", 1_000);
        int seconds = arguments.integer("seconds", 20);
        int rounds = arguments.integer("rounds", 3);
        TailTrial trial = new TailTrial(presences, subscriptions, seconds);
        PacedWrites writes = trial.writes;
        try (PresenceStore store = writes.store(PresenceStore.builder(), trial::deliver)) {
            writes.fill(store);
            writes.paced(WARM_UP_SECONDS, (due, number) -> writes.write(store, due, number));
            for (int round = 0; round < rounds; round++) {
                trial.handoff();
                trial.record("HANDOFF");
                trial.times = new Histogram(3);
                writes.paced(seconds, (due, number) -> writes.write(store, due, number));
                store.flush().toCompletableFuture().join();
                trial.record("PRESENCE");
            }
        }
    }

    private void deliver(PresenceEvent event) {
        if (event.presence().metadata().get("at") instanceof Long at && at > 0) {
            times.recordValue(Math.max(0, System.nanoTime() - at));
        }
    }

    private void handoff() throws InterruptedException {
        times = new Histogram(3);
        Histogram taken = times;
        BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
        Thread consumer = new Thread(() -> {
            try {
                for (long due = queue.take(); due != END; due = queue.take()) {
                    taken.recordValue(Math.max(0, System.nanoTime() - due));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        consumer.start();
        writes.paced(seconds, (due, number) -> queue.add(due));
        queue.add(END);
        consumer.join();
    }

    private void record(String candidate) {
        if (times.getTotalCount() < (long) seconds * PacedWrites.PER_SECOND / 2) {
            throw new IllegalStateException("writes must be delivered: " + times.getTotalCount());
        }
        for (double percentile : new double[] {50, 99, 99.9, 100}) {
            double micros = times.getValueAtPercentile(percentile) / 1e3;
            MeasurementLog.record(
                    new Figure("TailTrial", candidate, presences, "p" + percentile + " to the listener", micros, "us"));
        }
    }
}
