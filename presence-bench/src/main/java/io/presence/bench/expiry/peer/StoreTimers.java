package io.presence.bench.expiry.peer;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import java.time.Duration;

/** The library, driven by its caller. A timer is an incarnation of a presence, found by its id. */
final class StoreTimers implements Timers {

    private final TimerConfig config;
    private final PresenceStore store;

    private StoreTimers(TimerConfig config) {
        this.config = config;
        this.store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(config.clock())
                .tick(Duration.ofNanos(TICK_NANOS))
                .defaultTtl(config.ttl())
                .maxPresences(config.count())
                .build();
    }

    /** Returns timers with one listener for all presences, called by the dispatcher. */
    static Timers withListener(TimerConfig config) {
        StoreTimers made = new StoreTimers(config);
        made.store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
            if (event.cause() == Cause.EXPIRED) {
                config.due().accept(event.presence().id());
            }
        });
        return made;
    }

    /** Returns timers without a listener. */
    static Timers withoutListener(TimerConfig config) {
        return new StoreTimers(config);
    }

    @Override
    public void arm(int timer) {
        TimerRecord record = config.records().get(timer);
        store.upsert(PresenceUpsert.of(record.id(), record.userId(), record.status()));
    }

    @Override
    public void touch(int timer, TimerRecord arrived) {
        if (!store.touch(arrived.id())) {
            throw new IllegalStateException("presence must be alive: " + arrived.id());
        }
    }

    @Override
    public void advance() {
        while (store.doWork() > 0) {
            /* The condition does the work. */
        }
    }

    @Override
    public long remaining() {
        return store.stats().presences();
    }

    @Override
    public void close() {
        store.close();
    }
}
