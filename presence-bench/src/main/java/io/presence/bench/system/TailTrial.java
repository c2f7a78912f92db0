package io.presence.bench.system;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.PreciseSleep;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private static final int PER_SECOND = 20_000;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final int WARM_UP_SECONDS = 5;
    private static final long END = -1;

    private final int presences;
    private final int subscriptions;
    private final int seconds;
    private Histogram times = new Histogram(3);

    private TailTrial(int presences, int subscriptions, int seconds) {
        this.presences = presences;
        this.subscriptions = subscriptions;
        this.seconds = seconds;
    }

    /** An action that is due at a time, for a presence. */
    private interface Action {
        void at(long due, int number);
    }

    /** Runs the rounds. */
    public static void main(String[] args) throws InterruptedException {
        int presences = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int subscriptions = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
        TailTrial trial = new TailTrial(presences, subscriptions, seconds);
        try (PresenceStore store = trial.store()) {
            trial.paced(WARM_UP_SECONDS, (due, number) -> trial.write(store, due, number));
            for (int round = 0; round < rounds; round++) {
                trial.handoff();
                trial.record("HANDOFF");
                trial.times = new Histogram(3);
                trial.paced(seconds, (due, number) -> trial.write(store, due, number));
                store.flush().toCompletableFuture().join();
                trial.record("PRESENCE");
            }
        }
    }

    private PresenceStore store() {
        PresenceStore store = PresenceStore.builder()
                .defaultTtl(Duration.ofHours(1))
                .maxPresences(presences)
                .build();
        for (int i = 0; i < subscriptions; i++) {
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().onDispatcher(),
                    this::deliver,
                    Query.equal("metadata.documentId", document(i)),
                    Query.equal("source", "web"));
        }
        for (int i = 0; i < presences; i++) {
            write(store, 0, i);
        }
        store.flush().toCompletableFuture().join();
        return store;
    }

    private void write(PresenceStore store, long due, int number) {
        store.upsert(PresenceUpsert.of("presence-" + number, "user-" + number, "online")
                .source("web")
                .metadata(Map.of("documentId", document(number % subscriptions), "at", due)));
    }

    private static String document(int number) {
        return "document-" + number;
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
        paced(seconds, (due, number) -> queue.add(due));
        queue.add(END);
        consumer.join();
    }

    /** Calls an action with a random presence at fixed times, whether or not the previous call was late. */
    private void paced(int duration, Action action) {
        SplittableRandom random = new SplittableRandom(1);
        long next = System.nanoTime();
        for (long left = (long) duration * PER_SECOND; left > 0; left--) {
            next += INTERVAL_NANOS;
            PreciseSleep.await(next);
            action.at(next, random.nextInt(presences));
        }
    }

    private void record(String candidate) {
        if (times.getTotalCount() < (long) seconds * PER_SECOND / 2) {
            throw new IllegalStateException("writes must be delivered: " + times.getTotalCount());
        }
        for (double percentile : new double[] {50, 99, 99.9, 100}) {
            double micros = times.getValueAtPercentile(percentile) / 1e3;
            MeasurementLog.record(
                    new Figure("TailTrial", candidate, presences, "p" + percentile + " to the listener", micros, "us"));
        }
    }
}
