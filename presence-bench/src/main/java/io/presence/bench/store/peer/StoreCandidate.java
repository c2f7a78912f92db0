package io.presence.bench.store.peer;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** The candidates. A new one is a constant here. */
public enum StoreCandidate {
    /** The library, driven by the writers: all of its work is measured. */
    PRESENCE(LibraryStore::driven),
    /** The library with its own thread: the caller's time is measured. */
    PRESENCE_THREAD(LibraryStore::withThread),
    /** Caffeine with a put of an equal record as heartbeat and upkeep by the writers: all of its work is measured. */
    CAFFEINE(CaffeineStore::putting),
    /** The same with upkeep by the common pool: the caller's time is measured. */
    CAFFEINE_POOL(CaffeineStore::puttingWithPool),
    /** Caffeine with {@code setExpiresAfter} as heartbeat, which does not return whether the entry exists. */
    CAFFEINE_POLICY(CaffeineStore::settingExpiry),
    /**
     * A {@code ConcurrentHashMap} of records with a deadline. Expired records are not removed, which is not charged.
     */
    MAP(MapStore::new),
    /** The same without TTLs or clocks: a get and a volatile write, or a put of an equal record. */
    MAP_BARE((clock, ttl) -> new BareMapStore());

    private final BiFunction<LongSupplier, Duration, Store> maker;

    StoreCandidate(BiFunction<LongSupplier, Duration, Store> maker) {
        this.maker = maker;
    }

    /** Returns a store without presences. All presences get the same TTL. */
    public Store create(LongSupplier nanoClock, Duration ttl) {
        return maker.apply(nanoClock, ttl);
    }
}
