package io.presence.bench.store.peer;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The library. Either those who write go round too, one at a time, one round for each call of {@link #maintain}; or the
 * store has a thread, as by default.
 */
final class LibraryStore implements Store {
    private static final int MOST_OWED = 8;

    private final PresenceStore store;
    private final boolean driven;
    private final AtomicInteger owed = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();

    private LibraryStore(PresenceStoreBuilder builder, boolean driven, LongSupplier clock, Duration ttl) {
        this.driven = driven;
        this.store = builder.nanoClock(clock)
                .defaultTtl(ttl)
                .maxPresences(Integer.MAX_VALUE)
                .build();
    }

    static Store driven(LongSupplier clock, Duration ttl) {
        return new LibraryStore(PresenceStore.builder().callerDriven(), true, clock, ttl);
    }

    static Store withThread(LongSupplier clock, Duration ttl) {
        return new LibraryStore(PresenceStore.builder(), false, clock, ttl);
    }

    @Override
    public void join(PresenceUpsert whole) {
        store.upsert(whole);
    }

    @Override
    public boolean touch(PlainPresence held) {
        return store.touch(held.id());
    }

    @Override
    public void upsert(PlainPresence held, String status) {
        PresenceUpsert whole = PresenceUpsert.of(held.id(), held.userId(), status);
        store.upsert(held.metadata().isEmpty() ? whole : whole.metadata(held.metadata()));
    }

    /* Who finds another going round leaves its rounds to it, unless there are many: else the backlog could only grow. */
    @Override
    public void maintain() {
        if (!driven) {
            return;
        }
        if (owed.incrementAndGet() > MOST_OWED) {
            turn.lock();
        } else if (!turn.tryLock()) {
            return;
        }
        try {
            for (int rounds = owed.getAndSet(0); rounds > 0; rounds--) {
                store.doWork();
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public @Nullable String status(String id) {
        Presence found = store.get(id);
        return found == null ? null : found.status();
    }

    @Override
    public long size() {
        if (driven) {
            while (store.doWork() > 0) {
                /* Work is done by asking for it. */
            }
        } else {
            store.flush().toCompletableFuture().join();
        }
        return store.stats().presences();
    }

    @Override
    public void close() {
        store.close();
    }
}
