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
 * A Caffeine cache with a TTL for each entry and a hand-written bus. Two writers of one id could deliver their changes
 * in the wrong order, and a new listener gets no snapshot: it does less than the other candidates.
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

    /** Returns a store that looks listeners up by their interest and delivers on the writer's thread. */
    public static CaffeineRowStore routing() {
        return new CaffeineRowStore(new RoutingBus(), null);
    }

    /**
     * Returns a store like {@link #routing} that delivers on another thread, so that no writer waits for a listener.
     */
    public static CaffeineRowStore routingAside() {
        return new CaffeineRowStore(new RoutingBus(), Executors.newSingleThreadExecutor());
    }

    /** Returns a store that tests every listener and delivers on the writer's thread. */
    public static CaffeineRowStore scanning() {
        return new CaffeineRowStore(new ScanningBus(), null);
    }

    @Override
    public void listen(Interest interest, RowListener listener) {
        bus.listen(interest, listener);
    }

    /* Pending changes are not for listeners that are added later. */
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
