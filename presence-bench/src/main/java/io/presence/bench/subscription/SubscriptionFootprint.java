package io.presence.bench.subscription;

import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.bench.HeapUse;
import io.presence.query.Query;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the bytes of an idle subscription beside its query, and the time to open and close it.
 *
 * <p>The queries are made first: one for all subscriptions, one for each ten, or one for each. The index entry of a
 * query counts, so that the first case gives the bytes of a subscription alone. The heap in use after collections is
 * compared without subscriptions, with all open, and with all closed. The times are of one pass each; the first pass is
 * cold.
 *
 * <pre>{@code
 * java -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.subscription.SubscriptionFootprint
 * }</pre>
 */
public final class SubscriptionFootprint {

    private static final int[] SIZES = {10_000, 100_000, 1_000_000};
    private static final int[] SHARING = {Integer.MAX_VALUE, SubscriptionLoad.PER_ZONE, 1};

    private static long delivered;

    private SubscriptionFootprint() {}

    /** Prints a line for each number of subscriptions and of subscriptions per query. */
    public static void main(String[] args) {
        for (int sharing : SHARING) {
            for (int size : SIZES) {
                print(size, Math.min(size, sharing));
            }
        }
    }

    private static void print(int size, int sharing) {
        Query.Filter[] queries = new Query.Filter[size / sharing];
        Arrays.setAll(queries, SubscriptionLoad::inZone);
        Subscription[] made = new Subscription[size];
        try (SubscriptionLoad load = new SubscriptionLoad()) {
            long before = HeapUse.afterCollections();
            long makeNanos = make(load, queries, made);
            long open = HeapUse.afterCollections();
            long closeNanos = close(load, made);
            System.out.printf(
                    Locale.ROOT,
                    "%,9d, %,9d per query: %4d bytes, %6d ns to open, %5d ns to close; %,d bytes left in total%n",
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

    private static long make(SubscriptionLoad load, Query.Filter[] queries, Subscription[] made) {
        PresenceListener listener = event -> delivered++;
        int sharing = made.length / queries.length;
        long start = System.nanoTime();
        for (int i = 0; i < made.length; i++) {
            made[i] = load.watch(queries[i / sharing], SubscriptionOptions.defaults(), listener);
        }
        load.drain();
        return System.nanoTime() - start;
    }

    private static long close(SubscriptionLoad load, Subscription[] made) {
        long start = System.nanoTime();
        for (int i = 0; i < made.length; i++) {
            made[i].close();
            made[i] = null;
        }
        load.drain();
        return System.nanoTime() - start;
    }
}
