package io.presence.bench.hostile;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.TrialArguments;
import io.presence.query.Query;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures how long the write of one user delays the event of another. The first user's subscriptions and metadata are
 * the most expensive legal ones that {@link HostileSearch} finds.
 *
 * <p>Mallory has 100 subscriptions, each with a filter of its own, and writes. Then Bob writes, and the store works
 * until a listener on the dispatcher has received Bob's event. The program prints the processor time of the dispatcher
 * between the two: the median and the maximum of a number of writes, after an equal number for warm-up.
 *
 * <pre>
 * java -cp presence-bench/target/benchmarks.jar io.presence.bench.hostile.DispatchDelay [cases [writes]]
 * </pre>
 */
public final class DispatchDelay implements AutoCloseable {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int SUBSCRIPTIONS = 100;
    private static final int STARTS = 3;
    private static final int STEPS = 30;

    private final PresenceStore store = PresenceStore.builder().callerDriven().build();
    private final Map<String, Object> metadata = new HashMap<>();
    private boolean isDelivered;
    private int written;

    private DispatchDelay(HostileCase.Legal hostile) {
        metadata.putAll(metadataOf(hostile));
        Query.Filter bobs = Query.equal("$id", "bob");
        store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> isDelivered = true, bobs);
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            store.subscribe(
                    Channel.presences(), event -> {}, hostile.query(), Query.notEqual("status", "variant " + i));
        }
        workUntilIdle();
    }

    @SuppressWarnings("unchecked") // a case has metadata
    private static Map<String, Object> metadataOf(HostileCase.Legal hostile) {
        return (Map<String, Object>) hostile.record().get("metadata");
    }

    /** Prints the delays of a number of cases. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        int cases = arguments.integer("cases", 8);
        int writes = arguments.integer("writes", 100);
        for (int seed = 1; seed <= cases; seed++) {
            HostileSearch search = new HostileSearch(seed, HostileCase.Legal::operations);
            HostileCase.of(search.worst(STARTS, STEPS).genome()).ifPresent(hostile -> print(hostile, writes));
        }
    }

    private static void print(HostileCase.Legal hostile, int writes) {
        try (DispatchDelay trial = new DispatchDelay(hostile)) {
            trial.delays(writes);
            long[] delays = trial.delays(writes);
            Arrays.sort(delays);
            System.out.printf(
                    "%,d operations an evaluation: bob's event is delayed by %.2f ms, at most %.2f ms%n",
                    hostile.operations(),
                    delays[delays.length / 2] / NANOS_PER_MILLI,
                    delays[delays.length - 1] / NANOS_PER_MILLI);
        }
    }

    private long[] delays(int writes) {
        long[] delays = new long[writes];
        Arrays.setAll(delays, i -> delay());
        return delays;
    }

    private long delay() {
        written++;
        store.upsert(
                PresenceUpsert.of("mallory", "mallory", "status " + written).metadata(metadata));
        store.upsert(PresenceUpsert.of("bob", "bob", "status " + written));
        isDelivered = false;
        long start = THREADS.getCurrentThreadCpuTime();
        while (!isDelivered) {
            store.doWork();
        }
        long delay = THREADS.getCurrentThreadCpuTime() - start;
        workUntilIdle();
        return delay;
    }

    private void workUntilIdle() {
        int idle = 0;
        while (idle < 2) {
            idle = store.doWork() == 0 ? idle + 1 : 0;
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
