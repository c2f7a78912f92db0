package io.presence.bench.system.peer;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.system.peer.Interest.InDocument;
import io.presence.bench.system.peer.Interest.InZone;
import io.presence.query.Query;
import java.util.Map;

/** The library with its own thread. */
public final class PresenceRowStore implements RowStore {

    private static final String NUMBER = "number";

    private final PresenceStore store = PresenceStore.builder().defaultTtl(TTL).build();
    private final SubscriptionOptions options;

    /** Makes a store with the given delivery options. */
    public PresenceRowStore(SubscriptionOptions options) {
        this.options = options;
    }

    private record Listener(RowListener listener) implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {
            Presence presence = event.presence();
            switch (event.change()) {
                case ENTER -> listener.enter(presence.id(), number(presence));
                case UPDATE -> listener.update(presence.id(), number(presence));
                case EXIT -> listener.exit(presence.id());
            }
        }

        private static long number(Presence presence) {
            return presence.metadata().get(NUMBER) instanceof Long number ? number : -1;
        }
    }

    @Override
    public void listen(Interest interest, RowListener listener) {
        store.subscribe(Channel.presences(), options, new Listener(listener), query(interest));
    }

    private static Query query(Interest interest) {
        if (interest instanceof InZone in) {
            return Query.and(Query.equal("metadata.zone", in.zone()), Query.equal("status", in.status()));
        }
        return Query.equal("metadata.documentId", ((InDocument) interest).documentId());
    }

    @Override
    public void ready() {
        store.flush().toCompletableFuture().join();
    }

    @Override
    public void upsert(Row row) {
        store.upsert(PresenceUpsert.of(row.id(), row.userId(), row.status())
                .metadata(Map.of("documentId", row.documentId(), "zone", row.zone(), NUMBER, row.number())));
    }

    @Override
    public void close() {
        store.close();
    }
}
