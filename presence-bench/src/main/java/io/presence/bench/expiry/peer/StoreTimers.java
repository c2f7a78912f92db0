package io.presence.bench.expiry.peer;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import java.time.Duration;

/** The library, driven by its caller: a timer is the life of a presence, found by its id. */
final class StoreTimers implements Timers {
    private final Setting setting;
    private final PresenceStore store;

    private StoreTimers(Setting setting) {
        this.setting = setting;
        this.store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(setting.clock())
                .tick(Duration.ofNanos(TICK_NANOS))
                .defaultTtl(setting.ttl())
                .maxPresences(setting.count())
                .build();
    }

    /** One listener is told of every presence, by the thread that drives. */
    static Timers heard(Setting setting) {
        StoreTimers made = new StoreTimers(setting);
        made.store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
            if (event.cause() == Cause.EXPIRED) {
                setting.due().accept(event.presence().id());
            }
        });
        return made;
    }

    /** Nobody listens: presences end, and nobody is told. */
    static Timers unheard(Setting setting) {
        return new StoreTimers(setting);
    }

    @Override
    public void arm(int timer) {
        Plain plain = setting.plains().get(timer);
        store.upsert(PresenceUpsert.of(plain.id(), plain.userId(), plain.status()));
    }

    @Override
    public void beat(int timer, Plain arrived) {
        if (!store.touch(arrived.id())) {
            throw new IllegalStateException("presence must be alive: " + arrived.id());
        }
    }

    @Override
    public void advance() {
        while (store.doWork() > 0) {
            /* Work is done by asking for it. */
        }
    }

    @Override
    public long left() {
        return store.stats().presences();
    }

    @Override
    public void close() {
        store.close();
    }
}
