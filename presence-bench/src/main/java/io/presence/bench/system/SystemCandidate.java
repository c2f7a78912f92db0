package io.presence.bench.system;

import io.presence.Subscription.Options;
import io.presence.bench.system.peer.CaffeineRowStore;
import io.presence.bench.system.peer.HazelcastRowStore;
import io.presence.bench.system.peer.PresenceRowStore;
import io.presence.bench.system.peer.RowStore;
import java.util.function.Supplier;

/** Who keeps presences and tells of them. A new one is a constant here. */
public enum SystemCandidate {
    /** Ours: direct listeners, called by the dispatcher. */
    PRESENCE(() -> new PresenceRowStore(Options.defaults().direct())),
    /** Ours with the threads that it calls listeners on unless told otherwise. */
    PRESENCE_POOL(() -> new PresenceRowStore(Options.defaults())),
    /** Hazelcast, with a predicate for each listener. */
    HAZELCAST(HazelcastRowStore::new),
    /** Caffeine, with listeners looked up and called by the writer. */
    CAFFEINE_ROUTING(CaffeineRowStore::routing),
    /** Caffeine, with listeners looked up and called by another thread. */
    CAFFEINE_ROUTING_ASIDE(CaffeineRowStore::routingAside),
    /** Caffeine, with each listener asked and called by the writer. */
    CAFFEINE_SCANNING(CaffeineRowStore::scanning);

    private final Supplier<RowStore> supplier;

    SystemCandidate(Supplier<RowStore> supplier) {
        this.supplier = supplier;
    }

    /** Returns a new one, empty. */
    public RowStore create() {
        return supplier.get();
    }
}
