package io.presence.bench.bus;

import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.bench.HeapUse;
import io.presence.query.Query;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Locale;

/**
 * How many bytes does an idle subscription take beside its query, and how long does it take to make and to close it?
 *
 * <p>The queries are made first: one for all, one for each ten, or one for each. What the index makes of a query counts, so
 * the first of these is what a subscription takes by itself. What is left on the heap after collections is compared, with
 * none, with all open, and with all closed. The times are of one pass each, the first one cold.
 *
 * <pre>{@code
 * java -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.bus.Footprint
 * }</pre>
 */
public final class Footprint {
    private static final int[] SIZES = {10_000, 100_000, 1_000_000};
    private static final int[] SHARING = {Integer.MAX_VALUE, Crowd.PER_ZONE, 1};

    private static long told;

    private Footprint() {}

    /** Prints a line for each number of subscriptions and of those who ask the same. */
    public static void main(String[] args) {
        for (int sharing : SHARING) {
            for (int size : SIZES) {
                print(size, Math.min(size, sharing));
            }
        }
    }

    private static void print(int size, int sharing) {
        Query.Filter[] queries = new Query.Filter[size / sharing];
        Arrays.setAll(queries, Crowd::inZone);
        Subscription[] made = new Subscription[size];
        try (Crowd crowd = new Crowd()) {
            long before = HeapUse.afterCollections();
            long makeNanos = make(crowd, queries, made);
            long open = HeapUse.afterCollections();
            long closeNanos = close(crowd, made);
            System.out.printf(
                    Locale.ROOT,
                    "%,9d, %,9d ask the same: %4d bytes, %6d ns to make, %5d ns to close; %,d bytes left of all%n",
                    size,
                    sharing,
                    (open - before) / size,
                    makeNanos / size,
                    closeNanos / size,
                    HeapUse.afterCollections() - before);
        }
        Reference.reachabilityFence(queries);
        Reference.reachabilityFence(made);
    }

    private static long make(Crowd crowd, Query.Filter[] queries, Subscription[] made) {
        PresenceListener listener = event -> told++;
        int sharing = made.length / queries.length;
        long start = System.nanoTime();
        for (int i = 0; i < made.length; i++) {
            made[i] = crowd.watch(queries[i / sharing], SubscriptionOptions.defaults(), listener);
        }
        crowd.drain();
        return System.nanoTime() - start;
    }

    private static long close(Crowd crowd, Subscription[] made) {
        long start = System.nanoTime();
        for (int i = 0; i < made.length; i++) {
            made[i].close();
            made[i] = null;
        }
        crowd.drain();
        return System.nanoTime() - start;
    }
}
