package io.presence.bench.expiry.wallclock;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Caffeine cache with a TTL for each entry and a scheduler. Upkeep and the listener run on the scheduler's thread.
 */
final class CaffeineWallClockTimers implements WallClockTimers {

    private final ScheduledExecutorService scheduler;
    private final Cache<String, Duration> cache;
    private final Consumer<String> due;

    CaffeineWallClockTimers(int count, ThreadFactory threads, Consumer<String> due) {
        this.due = due;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(threads);
        this.cache = Caffeine.newBuilder()
                .initialCapacity(count)
                .executor(Runnable::run)
                .scheduler(Scheduler.forScheduledExecutorService(scheduler))
                .expireAfter(Expiry.<String, Duration>creating((id, in) -> in))
                .removalListener(this::removed)
                .build();
    }

    private void removed(@Nullable String id, @Nullable Duration in, RemovalCause cause) {
        if (cause.wasEvicted()) {
            due.accept(requireNonNull(id));
        }
    }

    @Override
    public void set(String id, Duration in) {
        cache.put(id, in);
    }

    @Override
    public void settle() {
        cache.cleanUp();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
