package io.presence.bench.expiry.wallclock;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** The library with its own thread, as by default, and one listener on the dispatcher. A timer is a presence. */
final class StoreWallClockTimers implements WallClockTimers {

    private final PresenceStore store;

    StoreWallClockTimers(int count, ThreadFactory threads, Consumer<String> due) {
        store = PresenceStore.builder()
                .threadFactory(threads)
                .maxPresences(count)
                .build();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
            if (event.cause() == Cause.EXPIRED) {
                due.accept(event.presence().id());
            }
        });
    }

    @Override
    public void set(String id, Duration in) {
        store.upsert(PresenceUpsert.of(id, id, "online").expiresIn(in));
    }

    @Override
    public void settle() {
        store.flush().toCompletableFuture().join();
    }

    @Override
    public void close() {
        store.close();
    }
}
