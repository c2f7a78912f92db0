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
 * A Caffeine cache with an expiry for each entry, and a bus that somebody wrote by hand. Two writers of one id might tell their
 * changes in the wrong order, and a listener that joins is told nothing of what is there: it does less than the others.
 */
public final class CaffeineLive implements Live {
    private final HandMadeBus bus;
    /* Null to tell on the writer's thread, which then waits for all listeners. */
    private final @Nullable ExecutorService teller;
    private final Cache<String, Row> cache = Caffeine.newBuilder()
            .expireAfter(Expiry.<String, Row>writing((id, row) -> TTL))
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .evictionListener((id, row, cause) -> changed(row, null))
            .build();

    private CaffeineLive(HandMadeBus bus, @Nullable ExecutorService teller) {
        this.bus = bus;
        this.teller = teller;
    }

    /** Makes one that looks listeners up by what they are interested in, and has the writer tell them. */
    public static CaffeineLive routing() {
        return new CaffeineLive(new RoutingBus(), null);
    }

    /** As {@link #routing}, but has another thread tell them, so that no writer waits for a listener. */
    public static CaffeineLive routingAside() {
        return new CaffeineLive(new RoutingBus(), Executors.newSingleThreadExecutor());
    }

    /** Makes one that asks every listener, and has the writer tell them. */
    public static CaffeineLive scanning() {
        return new CaffeineLive(new ScanningBus(), null);
    }

    @Override
    public void listen(Interest interest, Ear ear) {
        bus.listen(interest, ear);
    }

    /* What waits to be told is not for those who listen from now on. */
    @Override
    public void ready() {
        if (teller != null) {
            CompletableFuture.runAsync(() -> {}, teller).join();
        }
    }

    @Override
    public void upsert(Row row) {
        changed(cache.asMap().put(row.id(), row), row);
    }

    private void changed(@Nullable Row before, @Nullable Row after) {
        if (teller == null) {
            bus.changed(before, after);
        } else {
            teller.execute(() -> bus.changed(before, after));
        }
    }

    @Override
    public void close() {
        if (teller != null) {
            teller.shutdown();
            try {
                if (!teller.awaitTermination(TTL.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("listeners must return");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
