package io.presence.bench.view;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.HeapUse;
import io.presence.bench.TrialArguments;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures the bytes of a view beside the store, and the time that it adds to the dispatch of a change, by default
 * with 100,000 users of three presences each, ten users in each room.
 *
 * <p>A pass changes each third presence: its status for users, its room for counts. Only the processor time of the
 * dispatch is measured, and the median of the passes is reported, without the first third. Lines without a view
 * are for comparison: the time of a view includes the dispatch, and one subscription on the dispatcher.
 *
 * <pre>{@code
 * java -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.view.ViewTrial
 * }</pre>
 */
public final class ViewTrial {

    private static final int DEFAULT_USERS = 100_000;
    private static final int USERS_PER_ROOM = 10;
    private static final int CHANGES = 1_500_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static long delivered;

    private final int users;

    private ViewTrial(int users) {
        this.users = users;
    }

    /**
     * Prints a line for each kind of view.
     *
     * @param args the number of users, or nothing
     */
    public static void main(String[] args) {
        new ViewTrial(new TrialArguments(args).integer("users", DEFAULT_USERS)).run();
    }

    private void run() {
        print("no view, status changes", store -> "", false);
        print("one listener of presences, status changes", ViewTrial::presences, false);
        print("users, each change an UPDATE", ViewTrial::users, false);
        print("no view, room changes", store -> "", true);
        print("one listener of presences, room changes", ViewTrial::presences, true);
        print("counts", store -> store.counts("metadata.room"), true);
    }

    private static Object presences(PresenceStore store) {
        return store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> delivered++);
    }

    private static Object users(PresenceStore store) {
        return store.users(SubscriptionOptions.defaults().onDispatcher(), event -> delivered++);
    }

    private void print(String name, Function<PresenceStore, Object> view, boolean movesRooms) {
        try (PresenceStore store =
                PresenceStore.builder().callerDriven().historySize(0).build()) {
            for (int i = 0; i < 3 * users; i++) {
                write(store, i, 0, movesRooms);
            }
            drain(store);
            long before = HeapUse.afterCollections();
            Object opened = view.apply(store);
            drain(store);
            long bytes = HeapUse.afterCollections() - before;
            long[] nanos = new long[CHANGES / users];
            for (int pass = 0; pass < nanos.length; pass++) {
                nanos[pass] = pass(store, pass + 1, movesRooms);
            }
            long[] timed = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
            Arrays.sort(timed);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %5d bytes per user, %6d ns per change (%d to %d), %,d events%n",
                    name,
                    bytes / users,
                    timed[timed.length / 2],
                    timed[0],
                    timed[timed.length - 1],
                    delivered);
            Reference.reachabilityFence(opened);
        }
    }

    private long pass(PresenceStore store, int pass, boolean movesRooms) {
        for (int i = 0; i < 3 * users; i += 3) {
            write(store, i, pass, movesRooms);
        }
        long start = THREADS.getCurrentThreadCpuTime();
        drain(store);
        return (THREADS.getCurrentThreadCpuTime() - start) / users;
    }

    private void write(PresenceStore store, int i, int pass, boolean movesRooms) {
        String status = !movesRooms && pass % 2 == 1 ? "busy" : "online";
        int room = (i / 3 + (movesRooms ? pass : 0)) % (users / USERS_PER_ROOM);
        store.upsert(PresenceUpsert.of("tab-" + i, "user-" + i / 3, status).metadata(Map.of("room", "room-" + room)));
    }

    private static void drain(PresenceStore store) {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }
}
