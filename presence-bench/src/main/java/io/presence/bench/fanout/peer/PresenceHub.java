package io.presence.bench.fanout.peer;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.bench.fanout.hub.Ear;
import io.presence.bench.fanout.hub.Hub;
import io.presence.bench.fanout.hub.Moved;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;

/**
 * A store that its maker drives. An event is a presence written: it is kept, given a deadline, compared with what it was, and
 * matched, before it is told to all who watch its zone.
 */
public final class PresenceHub implements Hub {
    private static final long ZONE = 7;
    private static final Query.Filter IN_ZONE = Query.equal("metadata.zone", ZONE);

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .defaultTtl(Duration.ofHours(1))
            .build();
    private final SubscriptionOptions options;

    /** Makes one whose listeners are called in a certain way. */
    public PresenceHub(SubscriptionOptions options) {
        this.options = options;
    }

    private static final class Listener extends Ear implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {
            hear(event.revision());
        }
    }

    @Override
    public Ear add() {
        Listener made = new Listener();
        store.subscribe(Channel.presences(), options, made, IN_ZONE);
        return made;
    }

    @Override
    public void ready() {
        drain();
    }

    @Override
    public void publish(long number) {
        store.upsert(PresenceUpsert.of("p", "user", Moved.status(number)).metadata(Map.of("zone", ZONE)));
        drain();
    }

    private void drain() {
        while (store.doWork() > 0) {
            /* Work is done by asking for it. */
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
