package io.presence.bench.store.peer;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Who is compared. A new one is a constant here. */
public enum StoreCandidate {
    /** The library, whose rounds are made by those who write: all of its work is in the figure. */
    PRESENCE(LibraryStore::driven),
    /** The library with its own thread: the figure is what the caller sees. */
    PRESENCE_THREAD(LibraryStore::withThread),
    /** Caffeine, renewed by putting an equal record, with upkeep by those who write: all of its work is in the figure. */
    CAFFEINE(CaffeineStore::putting),
    /** The same with upkeep by the common pool: the figure is what the caller sees. */
    CAFFEINE_POOL(CaffeineStore::puttingWithPool),
    /** Caffeine, renewed by its policy's {@code setExpiresAfter}, which can't tell whether there was anything to renew. */
    CAFFEINE_POLICY(CaffeineStore::settingExpiry),
    /** A {@code ConcurrentHashMap} whose records know when they end; nothing removes them, which is not charged. */
    MAP(MapStore::new),
    /** The same without lifetimes or clocks: get and one volatile write, or put of an equal record. */
    MAP_BARE((clock, ttl) -> new BareMapStore());

    private final BiFunction<LongSupplier, Duration, Store> maker;

    StoreCandidate(BiFunction<LongSupplier, Duration, Store> maker) {
        this.maker = maker;
    }

    /** Returns a new store without presences, which all get the same lifetime. */
    public Store create(LongSupplier nanoClock, Duration ttl) {
        return maker.apply(nanoClock, ttl);
    }
}
