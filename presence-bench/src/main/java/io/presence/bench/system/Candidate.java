package io.presence.bench.system;

import io.presence.SubscriptionOptions;
import io.presence.bench.system.live.Live;
import io.presence.bench.system.peer.CaffeineLive;
import io.presence.bench.system.peer.HazelcastLive;
import io.presence.bench.system.peer.PresenceLive;
import java.util.function.Supplier;

/** Who keeps presences and tells of them. A new one is a constant here. */
public enum Candidate {
    /** Ours: direct listeners, called by the dispatcher. */
    PRESENCE(() -> new PresenceLive(SubscriptionOptions.defaults().onDispatcher())),
    /** Ours with the threads that it calls listeners on unless told otherwise. */
    PRESENCE_POOL(() -> new PresenceLive(SubscriptionOptions.defaults())),
    /** Hazelcast, with a predicate for each listener. */
    HAZELCAST(HazelcastLive::new),
    /** Caffeine, with listeners looked up and called by the writer. */
    CAFFEINE_ROUTING(CaffeineLive::routing),
    /** Caffeine, with listeners looked up and called by another thread. */
    CAFFEINE_ROUTING_ASIDE(CaffeineLive::routingAside),
    /** Caffeine, with each listener asked and called by the writer. */
    CAFFEINE_SCANNING(CaffeineLive::scanning);

    private final Supplier<Live> supplier;

    Candidate(Supplier<Live> supplier) {
        this.supplier = supplier;
    }

    /** Returns a new one, empty. */
    public Live create() {
        return supplier.get();
    }
}
