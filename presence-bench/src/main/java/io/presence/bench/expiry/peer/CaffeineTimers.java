package io.presence.bench.expiry.peer;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * A Caffeine cache without a bound and with a TTL for each entry. A timer is an entry. Upkeep and the listener run on
 * the caller's thread, so that all work is measured.
 *
 * <p>A heartbeat either puts an equal record or, if reads extend the TTL, reads the entry. A read is lazy, as the
 * library's heartbeat is, but is lost if too many entries are read at once, and a reader must ask whether the entry is
 * alive. Expirations are found with a delay of up to a second.
 */
final class CaffeineTimers implements Timers {

    private final TimerConfig config;
    private final Cache<String, TimerRecord> cache;
    private final boolean reads;

    private CaffeineTimers(TimerConfig config, boolean reads) {
        this.config = config;
        this.reads = reads;
        this.cache = Caffeine.newBuilder()
                .ticker(config.clock()::getAsLong)
                .executor(Runnable::run)
                .expireAfter(new TtlExpiry(config.ttl().toNanos(), reads))
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable String id, @Nullable TimerRecord record, RemovalCause cause) {
        if (cause.wasEvicted()) {
            config.due().accept(requireNonNull(id));
        }
    }

    /** Returns timers that are extended by a write. */
    static Timers putting(TimerConfig config) {
        return new CaffeineTimers(config, false);
    }

    /** Returns timers that are extended by a read. */
    static Timers reading(TimerConfig config) {
        return new CaffeineTimers(config, true);
    }

    private record TtlExpiry(long ttlNanos, boolean reads) implements Expiry<String, TimerRecord> {
        @Override
        public long expireAfterCreate(String id, TimerRecord value, long now) {
            return ttlNanos;
        }

        @Override
        public long expireAfterUpdate(String id, TimerRecord value, long now, long leftNanos) {
            return ttlNanos;
        }

        @Override
        public long expireAfterRead(String id, TimerRecord value, long now, long leftNanos) {
            return reads ? ttlNanos : leftNanos;
        }
    }

    @Override
    public void arm(int timer) {
        TimerRecord record = config.records().get(timer);
        cache.put(record.id(), record);
    }

    @Override
    public void touch(int timer, TimerRecord arrived) {
        TimerRecord known =
                reads ? cache.getIfPresent(arrived.id()) : cache.asMap().put(arrived.id(), arrived);
        if (known == null) {
            throw new IllegalStateException("entry must be alive: " + arrived.id());
        }
    }

    @Override
    public void advance() {
        cache.cleanUp();
    }

    @Override
    public long remaining() {
        return cache.estimatedSize();
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
