package io.presence.bench.expiry.peer;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription.Options;
import java.time.Duration;

/** The library, driven by its caller: a timer is the life of a presence, found by its id. */
final class StoreTimers implements Timers {
    private final TimerConfig setting;
    private final PresenceStore store;

    private StoreTimers(TimerConfig setting) {
        this.setting = setting;
        this.store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(setting.clock())
                .tick(Duration.ofNanos(TICK_NANOS))
                .defaultTtl(setting.ttl())
                .maxPresences(setting.count())
                .build();
    }

    /** One listener is delivered of every presence, by the thread that drives. */
    static Timers withListener(TimerConfig setting) {
        StoreTimers made = new StoreTimers(setting);
        made.store.subscribe(Channel.presences(), Options.defaults().direct(), event -> {
            if (event.cause() == Cause.EXPIRED) {
                setting.due().accept(event.presence().id());
            }
        });
        return made;
    }

    /** Nobody listens: presences end, and nobody is delivered. */
    static Timers withoutListener(TimerConfig setting) {
        return new StoreTimers(setting);
    }

    @Override
    public void arm(int timer) {
        TimerRecord record = setting.records().get(timer);
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
            /* Work is done by asking for it. */
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
