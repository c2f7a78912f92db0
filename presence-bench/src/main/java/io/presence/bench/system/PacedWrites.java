package io.presence.bench.system;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.PreciseSleep;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Writes at fixed times: 20,000 a second, each of another one of the live presences, and each delivered to one of the
 * subscriptions.
 */
final class PacedWrites {

    static final int PER_SECOND = 20_000;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final int presences;
    private final int subscriptions;

    PacedWrites(int presences, int subscriptions) {
        this.presences = presences;
        this.subscriptions = subscriptions;
    }

    /** An action that is due at a time, for a presence. */
    interface Action {
        void at(long due, int number);
    }

    /** Creates a store with the subscriptions. */
    PresenceStore store(PresenceStoreBuilder builder, PresenceListener listener) {
        PresenceStore store =
                builder.defaultTtl(Duration.ofHours(1)).maxPresences(presences).build();
        for (int i = 0; i < subscriptions; i++) {
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().onDispatcher(),
                    listener,
                    Query.equal("metadata.documentId", document(i)),
                    Query.equal("source", "web"));
        }
        return store;
    }

    /** Writes each presence once, and waits until all are dispatched. */
    void fill(PresenceStore store) {
        for (int i = 0; i < presences; i++) {
            write(store, 0, i);
        }
        store.flush().toCompletableFuture().join();
    }

    /**
     * Writes a presence.
     *
     * @param due the time at which the write is due, in its metadata
     */
    void write(PresenceStore store, long due, int number) {
        store.upsert(PresenceUpsert.of("presence-" + number, "user-" + number, "online")
                .source("web")
                .metadata(Map.of("documentId", document(number % subscriptions), "at", due)));
    }

    private static String document(int number) {
        return "document-" + number;
    }

    /** Calls an action with a random presence at fixed times, whether or not the previous call was late. */
    void paced(int seconds, Action action) {
        SplittableRandom random = new SplittableRandom(1);
        long next = System.nanoTime();
        for (long left = (long) seconds * PER_SECOND; left > 0; left--) {
            next += INTERVAL_NANOS;
            PreciseSleep.await(next);
            action.at(next, random.nextInt(presences));
        }
    }
}
