package io.presence.linear;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A caller-driven store on a clock that operations advance. */
final class HandMovedStore extends HandMovedPresences implements AutoCloseable {

    private final PresenceStore store;

    /**
     * Creates an empty store.
     *
     * @param onReading called before and after each reading of the monotonic clock
     */
    HandMovedStore(Runnable onReading) {
        store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(() -> {
                    onReading.run();
                    long nanos = nanos();
                    onReading.run();
                    return nanos;
                })
                .wallClock(this::wall)
                .build();
    }

    @Override
    WriteResult upsert(PresenceUpsert upsert) {
        return store.upsert(upsert);
    }

    @Override
    WriteResult update(String id, PresencePatch patch) {
        return store.update(id, patch);
    }

    @Override
    boolean touch(String id, @Nullable Duration ttl) {
        return ttl == null ? store.touch(id) : store.touch(id, ttl);
    }

    @Override
    boolean delete(String id, @Nullable Version version) {
        return version == null ? store.delete(id) : store.delete(id, version);
    }

    @Override
    @Nullable Presence get(String id) {
        return store.get(id);
    }

    /** Runs a duty cycle. By one thread at a time. */
    int doWork() {
        return store.doWork();
    }

    @Override
    public void close() {
        store.close();
    }
}
