package io.presence.bench.store.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Caffeine cache without a bound and with a TTL for each entry. A heartbeat puts an equal record of the caller or
 * sets the expiry of the entry. Upkeep runs on the writer's thread or, as by default, in the common pool.
 */
final class CaffeineStore implements Store {

    private final Cache<String, PlainPresence> cache;
    private final VarExpiration<String, PlainPresence> expiration;
    private final Duration ttl;
    private final boolean puts;

    private CaffeineStore(Caffeine<Object, Object> builder, LongSupplier clock, Duration ttl, boolean puts) {
        this.cache = builder.ticker(clock::getAsLong)
                .expireAfter(new WriteExpiry(ttl.toNanos()))
                .build();
        this.expiration = cache.policy().expireVariably().orElseThrow();
        this.ttl = ttl;
        this.puts = puts;
    }

    static Store putting(LongSupplier clock, Duration ttl) {
        return new CaffeineStore(Caffeine.newBuilder().executor(Runnable::run), clock, ttl, true);
    }

    static Store puttingWithPool(LongSupplier clock, Duration ttl) {
        return new CaffeineStore(Caffeine.newBuilder().executor(ForkJoinPool.commonPool()), clock, ttl, true);
    }

    static Store settingExpiry(LongSupplier clock, Duration ttl) {
        return new CaffeineStore(Caffeine.newBuilder().executor(Runnable::run), clock, ttl, false);
    }

    /** Each write restarts the TTL; reads do not. */
    private record WriteExpiry(long ttlNanos) implements Expiry<String, PlainPresence> {
        @Override
        public long expireAfterCreate(String id, PlainPresence value, long now) {
            return ttlNanos;
        }

        @Override
        public long expireAfterUpdate(String id, PlainPresence value, long now, long left) {
            return ttlNanos;
        }

        @Override
        public long expireAfterRead(String id, PlainPresence value, long now, long left) {
            return left;
        }
    }

    @Override
    public void put(PresenceUpsert whole) {
        cache.put(whole.presenceId(), new PlainPresence(whole, 0));
    }

    @Override
    public boolean touch(PlainPresence held) {
        return puts ? put(held) : setExpiry(held);
    }

    private boolean put(PlainPresence held) {
        if (cache.asMap().put(held.id(), held) != null) {
            return true;
        }
        cache.invalidate(held.id());
        return false;
    }

    private boolean setExpiry(PlainPresence held) {
        expiration.setExpiresAfter(held.id(), ttl);
        return true;
    }

    @Override
    public void upsert(PlainPresence held, String status) {
        cache.put(held.id(), held.with(status, System.currentTimeMillis(), 0));
    }

    @Override
    public @Nullable String status(String id) {
        PlainPresence found = cache.getIfPresent(id);
        return found == null ? null : found.status();
    }

    @Override
    public long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
