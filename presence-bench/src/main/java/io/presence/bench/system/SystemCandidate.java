package io.presence.bench.system;

import io.presence.SubscriptionOptions;
import io.presence.bench.system.peer.CaffeineRowStore;
import io.presence.bench.system.peer.HazelcastRowStore;
import io.presence.bench.system.peer.PresenceRowStore;
import io.presence.bench.system.peer.RowStore;
import java.util.function.Supplier;

/** The candidates. A new one is a constant here. */
public enum SystemCandidate {
    /** The library with listeners on the dispatcher. */
    PRESENCE(() -> new PresenceRowStore(SubscriptionOptions.defaults().onDispatcher())),
    /** The library with its default listener threads. */
    PRESENCE_POOL(() -> new PresenceRowStore(SubscriptionOptions.defaults())),
    /** Hazelcast with a predicate for each listener. */
    HAZELCAST(HazelcastRowStore::new),
    /** Caffeine with listeners that the writer looks up and calls. */
    CAFFEINE_ROUTING(CaffeineRowStore::routing),
    /** Caffeine with listeners that another thread looks up and calls. */
    CAFFEINE_ROUTING_ASIDE(CaffeineRowStore::routingAside),
    /** Caffeine with listeners that the writer tests one by one and calls. */
    CAFFEINE_SCANNING(CaffeineRowStore::scanning);

    private final Supplier<RowStore> supplier;

    SystemCandidate(Supplier<RowStore> supplier) {
        this.supplier = supplier;
    }

    /** Returns an empty store. */
    public RowStore create() {
        return supplier.get();
    }
}
