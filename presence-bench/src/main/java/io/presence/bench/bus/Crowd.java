package io.presence.bench.bus;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;

/** A store that its maker drives, with ten subscriptions for each zone, and writes that go from zone to zone. */
final class Crowd implements AutoCloseable {
    static final int PER_ZONE = 10;

    private static final Duration TTL = Duration.ofHours(1);

    private final PresenceStore store =
            PresenceStore.builder().callerDriven().defaultTtl(TTL).build();

    /** What those ask who watch a zone. */
    static Query.Filter inZone(long zone) {
        return Query.equal("metadata.zone", zone);
    }

    /** Has somebody told what a query asks for. */
    Subscription watch(Query.Filter query, SubscriptionOptions options, PresenceListener listener) {
        return store.subscribe(Channel.presences(), options, listener, query);
    }

    /** Writes a presence that is in a zone, and has it told to whom it concerns. */
    void write(String id, long zone, String status) {
        store.upsert(PresenceUpsert.of(id, "user", status).metadata(Map.of("zone", zone)));
        drain();
    }

    /** Goes round until there is nothing to do. */
    void drain() {
        while (store.doWork() > 0) {
            /* Work is done by asking for it. */
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
