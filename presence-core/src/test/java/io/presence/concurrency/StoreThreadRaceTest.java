package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store with a thread of its own. Times here only bound how long a failure takes. */
@Timeout(60)
class StoreThreadRaceTest {

    private final AtomicReference<@Nullable Thread> dispatcher = new AtomicReference<>();
    private final ReceivedEvents delivered = new ReceivedEvents().withoutEvents();

    private PresenceStore open() {
        PresenceStore store = PresenceStore.builder()
                .threadFactory(task -> {
                    Thread made = PresenceThreads.daemon(task);
                    dispatcher.set(made);
                    return made;
                })
                .build();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), delivered);
        return store;
    }

    /** Makes threads that can be distinguished from those of other tests. */
    private static final class PresenceThreads {

        private PresenceThreads() {}

        static Thread daemon(Runnable task) {
            Thread made = new Thread(task, "dispatcher-under-test");
            made.setDaemon(true);
            return made;
        }
    }

    private Thread dispatcherThread() {
        return java.util.Objects.requireNonNull(dispatcher.get());
    }

    private static PresenceUpsert upsert(String id, String status) {
        return PresenceUpsert.of(id, "ada", status);
    }

    @Test
    void flush_afterWritesOfManyThreads_completesAfterTheirDelivery() throws Exception {
        PresenceStore store = open();
        Lockstep.Actor writer = round -> {
            String id = Thread.currentThread().getName();
            for (int i = 0; i < 5; i++) {
                store.upsert(upsert(id, "s" + round + "." + i));
            }
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(delivered.statuses()).containsEntry(id, "s" + round + ".4");
        };
        Lockstep.run(500, round -> {}, round -> {}, writer, writer, writer);
        store.close();
        assertThat(delivered.violations()).isEmpty();
        dispatcherThread().join(30_000);
        assertThat(dispatcherThread().isAlive()).isFalse();
    }

    @Test
    void flush_withParkedDispatcher_wakesIt() throws Exception {
        PresenceStore store = open();
        for (int i = 0; i < 2_000; i++) {
            store.upsert(upsert("p", "s" + i));
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(delivered.statuses()).containsEntry("p", "s" + i);
        }
        store.close();
        assertThat(delivered.violations()).isEmpty();
    }

    @Test
    void close_always_deliversWritesClosesSubscriptionsAndEndsTheThread() throws Exception {
        for (int i = 0; i < 200; i++) {
            ReceivedEvents late = new ReceivedEvents();
            PresenceStore store = open();
            store.subscribe(Channel.presences(), late);
            store.upsert(upsert("p", "s" + i));
            store.close();
            assertThat(late.statuses()).containsEntry("p", "s" + i);
            assertThat(late.closed()).isEqualTo(CloseReason.STORE_CLOSED);
            dispatcherThread().join(30_000);
            assertThat(dispatcherThread().isAlive()).isFalse();
        }
    }

    @Test
    void close_byListener_endsTheThread() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        PresenceStore store = open();
        store.subscribe(Channel.presences(), event -> {
            store.close();
            closing.countDown();
        });
        store.upsert(upsert("p", "online"));
        assertThat(closing.await(30, TimeUnit.SECONDS)).isTrue();
        dispatcherThread().join(30_000);
        assertThat(dispatcherThread().isAlive()).isFalse();
        assertThat(delivered.closed()).isEqualTo(CloseReason.STORE_CLOSED);
        store.close();
    }

    @Test
    void close_byManyThreadsAtOnce_deliversOnClosedOnce() {
        for (int i = 0; i < 100; i++) {
            ReceivedEvents once = new ReceivedEvents();
            PresenceStore store = open();
            store.subscribe(Channel.presences(), once);
            Lockstep.run(1, round -> {}, round -> {}, round -> store.close(), round -> store.close());
            assertThat(once.closed()).isEqualTo(CloseReason.STORE_CLOSED);
            assertThat(once.violations()).isEmpty();
        }
    }
}
