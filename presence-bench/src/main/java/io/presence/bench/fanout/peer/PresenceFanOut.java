package io.presence.bench.fanout.peer;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;

/**
 * A caller-driven store. An event is a write of a presence: it is stored, scheduled for expiry, compared with the
 * previous state and matched, and then delivered to all subscribers of its zone.
 */
public final class PresenceFanOut implements FanOut {

    private static final long ZONE = 7;
    private static final Query.Filter IN_ZONE = Query.equal("metadata.zone", ZONE);

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .defaultTtl(Duration.ofHours(1))
            .build();
    private final SubscriptionOptions options;

    /** Makes a fan-out with the given delivery options. */
    public PresenceFanOut(SubscriptionOptions options) {
        this.options = options;
    }

    private static final class Listener extends CountingListener implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {
            count(event.revision());
        }
    }

    @Override
    public CountingListener add() {
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
        store.upsert(
                PresenceUpsert.of("p", "user", PublishedEvent.status(number)).metadata(Map.of("zone", ZONE)));
        drain();
    }

    private void drain() {
        while (store.doWork() > 0) {
            /* The condition does the work. */
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
