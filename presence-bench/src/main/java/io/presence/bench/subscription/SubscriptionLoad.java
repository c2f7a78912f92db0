package io.presence.bench.subscription;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;

/** A caller-driven store with ten subscriptions for each zone, and writes that cycle through the zones. */
final class SubscriptionLoad implements AutoCloseable {

    static final int PER_ZONE = 10;

    private static final Duration TTL = Duration.ofHours(1);

    private final PresenceStore store =
            PresenceStore.builder().callerDriven().defaultTtl(TTL).build();

    /** Returns the query of the subscribers of a zone. */
    static Query.Filter inZone(long zone) {
        return Query.equal("metadata.zone", zone);
    }

    /** Subscribes a listener to a query. */
    Subscription watch(Query.Filter query, SubscriptionOptions options, PresenceListener listener) {
        return store.subscribe(Channel.presences(), options, listener, query);
    }

    /** Writes a presence in a zone and dispatches the write. */
    void write(String id, long zone, String status) {
        store.upsert(PresenceUpsert.of(id, "user", status).metadata(Map.of("zone", zone)));
        drain();
    }

    /** Works until nothing is left to do. */
    void drain() {
        while (store.doWork() > 0) {
            /* The condition does the work. */
        }
    }

    long subscriptions() {
        return store.stats().subscriptions();
    }

    @Override
    public void close() {
        store.close();
    }
}
