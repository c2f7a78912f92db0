package io.presence.bench.expiry.peer;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * Caffeine with a lifetime for each entry, and no bound: a timer is an entry. Its upkeep and its listener run on the thread
 * that drives, so that all of its work is in the figure.
 *
 * <p>An entry is put off by putting an equal record, or by reading it, if reads begin the lifetime anew. The latter is
 * lazy, as the library's heartbeat is, but leaves the entry where it was if too many are read at once, and to be found
 * alive the reader has to ask. Ends are noticed to about a second.
 */
final class CaffeineTimers implements Timers {
    private final TimerConfig setting;
    private final Cache<String, TimerRecord> cache;
    private final boolean reads;

    private CaffeineTimers(TimerConfig setting, boolean reads) {
        this.setting = setting;
        this.reads = reads;
        this.cache = Caffeine.newBuilder()
                .ticker(setting.clock()::getAsLong)
                .executor(Runnable::run)
                .expireAfter(new Lifetime(setting.ttl().toNanos(), reads))
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable String id, @Nullable TimerRecord record, RemovalCause cause) {
        if (cause.wasEvicted()) {
            setting.due().accept(requireNonNull(id));
        }
    }

    /** Entries that are put off by writing them. */
    static Timers putting(TimerConfig setting) {
        return new CaffeineTimers(setting, false);
    }

    /** Entries that are put off by reading them. */
    static Timers reading(TimerConfig setting) {
        return new CaffeineTimers(setting, true);
    }

    private record Lifetime(long ttlNanos, boolean reads) implements Expiry<String, TimerRecord> {
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
        TimerRecord record = setting.records().get(timer);
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
