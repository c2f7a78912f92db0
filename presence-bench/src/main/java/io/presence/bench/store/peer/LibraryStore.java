package io.presence.bench.store.peer;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The library. The writers drive the store, one at a time, with one duty cycle for each call of {@link #maintain}, or
 * the store has its own thread, as by default.
 */
final class LibraryStore implements Store {

    private static final int MAX_OWED = 8;

    private final PresenceStore store;
    private final boolean driven;
    private final AtomicInteger owed = new AtomicInteger();
    private final ReentrantLock driving = new ReentrantLock();

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
    public void put(PresenceUpsert whole) {
        store.upsert(whole);
    }

    @Override
    public boolean touch(PlainPresence held) {
        return store.touch(held.id());
    }

    /** The ids of some presences, without a copy. */
    private static final class Ids extends AbstractList<String> implements RandomAccess {

        private final List<PlainPresence> held;

        Ids(List<PlainPresence> held) {
            this.held = held;
        }

        @Override
        public String get(int index) {
            return held.get(index).id();
        }

        @Override
        public int size() {
            return held.size();
        }
    }

    @Override
    public int touchAll(List<PlainPresence> held) {
        return store.touchAll(new Ids(held));
    }

    @Override
    public void upsert(PlainPresence held, String status) {
        store.upsert(whole(held, status));
    }

    private static PresenceUpsert whole(PlainPresence held, String status) {
        PresenceUpsert whole = PresenceUpsert.of(held.id(), held.userId(), status);
        return held.metadata().isEmpty() ? whole : whole.metadata(held.metadata());
    }

    @Override
    public void upsertAll(List<PlainPresence> held, String status) {
        List<PresenceUpsert> all = new ArrayList<>(held.size());
        for (PlainPresence each : held) {
            all.add(whole(each, status));
        }
        store.upsertAll(all);
    }

    /* A writer that finds another one driving leaves its cycles to that one, unless there are many. Otherwise the
     * backlog would grow. */
    @Override
    public void maintain() {
        if (!driven) {
            return;
        }
        if (owed.incrementAndGet() > MAX_OWED) {
            driving.lock();
        } else if (!driving.tryLock()) {
            return;
        }
        try {
            for (int cycles = owed.getAndSet(0); cycles > 0; cycles--) {
                store.doWork();
            }
        } finally {
            driving.unlock();
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
                /* The condition does the work. */
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
