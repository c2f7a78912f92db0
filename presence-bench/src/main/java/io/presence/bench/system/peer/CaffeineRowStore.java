package io.presence.bench.system.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Caffeine cache with an expiry for each entry, and a bus that somebody wrote by hand. Two writers of one id might deliver their
 * changes in the wrong order, and a listener that joins is told nothing of what is there: it does less than the others.
 */
public final class CaffeineRowStore implements RowStore {
    private final HandMadeBus bus;
    /* Null to deliver on the writer's thread, which then waits for all listeners. */
    private final @Nullable ExecutorService dispatcher;
    private final Cache<String, Row> cache = Caffeine.newBuilder()
            .expireAfter(Expiry.<String, Row>writing((id, row) -> TTL))
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .evictionListener((id, row, cause) -> changed(row, null))
            .build();

    private CaffeineRowStore(HandMadeBus bus, @Nullable ExecutorService dispatcher) {
        this.bus = bus;
        this.dispatcher = dispatcher;
    }

    /** Makes one that looks listeners up by what they are interested in, and has the writer deliver them. */
    public static CaffeineRowStore routing() {
        return new CaffeineRowStore(new RoutingBus(), null);
    }

    /** As {@link #routing}, but has another thread deliver them, so that no writer waits for a listener. */
    public static CaffeineRowStore routingAside() {
        return new CaffeineRowStore(new RoutingBus(), Executors.newSingleThreadExecutor());
    }

    /** Makes one that asks every listener, and has the writer deliver them. */
    public static CaffeineRowStore scanning() {
        return new CaffeineRowStore(new ScanningBus(), null);
    }

    @Override
    public void listen(Interest interest, RowListener listener) {
        bus.listen(interest, listener);
    }

    /* What waits to be told is not for those who listen from now on. */
    @Override
    public void ready() {
        if (dispatcher != null) {
            CompletableFuture.runAsync(() -> {}, dispatcher).join();
        }
    }

    @Override
    public void upsert(Row row) {
        changed(cache.asMap().put(row.id(), row), row);
    }

    private void changed(@Nullable Row before, @Nullable Row after) {
        if (dispatcher == null) {
            bus.changed(before, after);
        } else {
            dispatcher.execute(() -> bus.changed(before, after));
        }
    }

    @Override
    public void close() {
        if (dispatcher != null) {
            dispatcher.shutdown();
            try {
                if (!dispatcher.awaitTermination(TTL.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("listeners must return");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
