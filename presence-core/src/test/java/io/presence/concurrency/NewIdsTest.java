package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writers whose presences come and go are never refused, as long as no more live than may. */
class NewIdsTest {

    private static final int ROUNDS = 100_000;
    private static final int MAX = 200;

    private static int refused(PresenceStore store, int rounds) {
        int refused = 0;
        for (int i = 0; i < rounds; i++) {
            try {
                store.upsert(PresenceUpsert.of("t" + i, "u", "s"));
                store.delete("t" + i);
            } catch (PresenceException e) {
                refused++;
            }
        }
        return refused;
    }

    @Test
    @Promise("tombstones")
    void upsert_ofNewIdsThatAreDeleted_isNeverRefused() throws Exception {
        Set<String> present = ConcurrentHashMap.newKeySet();
        try (PresenceStore store = PresenceStore.builder().maxPresences(MAX).build()) {
            store.subscribe(Channel.presences(), event -> {
                if (!present.remove(event.presence().id())) {
                    present.add(event.presence().id());
                }
            });
            assertThat(refused(store, ROUNDS)).isZero();
            store.flush().toCompletableFuture().get();
            assertThat(store.stats().presences()).isZero();
        }
        assertThat(present).isEmpty();
    }

    @Test
    @Promise("tombstones")
    void upsert_ofNewIdsDeletedWithoutDispatch_isNeverRefusedAndKeepsNothing() {
        try (PresenceStore store =
                PresenceStore.builder().callerDriven().maxPresences(MAX).build()) {
            assertThat(refused(store, ROUNDS)).isZero();
            assertThat(store.stats().presences()).isZero();
            assertThat(store.stats().queued()).isLessThan(2_000);
        }
    }

    @Test
    void upsert_ofNewIdsBeyondTheQueueLimit_isDispatched() {
        try (PresenceStore store =
                PresenceStore.builder().callerDriven().maxPresences(MAX).build()) {
            Set<String> present = ConcurrentHashMap.newKeySet();
            store.subscribe(
                    Channel.presences(), event -> present.add(event.presence().id()));
            assertThat(refused(store, ROUNDS)).isZero();
            for (int i = 0; i < MAX; i++) {
                store.upsert(PresenceUpsert.of("kept" + i, "u", "s"));
            }
            var flushed = store.flush().toCompletableFuture();
            while (store.doWork() > 0) {
                assertThat(flushed.isDone() && present.isEmpty()).isFalse();
            }
            assertThat(flushed).isDone();
            assertThat(store.stats().queued()).isZero();
            assertThat(store.count()).isEqualTo(MAX);
        }
    }

    @Test
    void upsert_ofOneNewIdByTwoWriters_takesOneClaim() throws Exception {
        int rounds = 20_000;
        AtomicInteger refused = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(2);
        try (PresenceStore store =
                PresenceStore.builder().callerDriven().maxPresences(1).build()) {
            Runnable writer = () -> {
                for (int i = 0; i < rounds; i++) {
                    await(barrier);
                    try {
                        store.upsert(PresenceUpsert.of("a", "ada", "x"));
                    } catch (PresenceException e) {
                        refused.incrementAndGet();
                    }
                    await(barrier);
                    store.delete("a");
                    store.delete("a");
                }
            };
            Thread other = new Thread(writer);
            other.start();
            writer.run();
            other.join();
        }
        assertThat(refused).hasValue(0);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
