package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that block on the store's own threads delay no other. Times only bound how long a failure takes. */
@Timeout(120)
class BlockedListenersTest {

    private static final int BLOCKED = 3 * Runtime.getRuntime().availableProcessors();

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(BLOCKED);
    private final CountDownLatch heard = new CountDownLatch(1);

    private void block(PresenceEvent event) {
        blocked.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertOthersHear(UnaryOperator<PresenceStoreBuilder> options) throws Exception {
        try (PresenceStore store = options.apply(PresenceStore.builder())
                .closeTimeout(Duration.ofSeconds(30))
                .build()) {
            for (int i = 0; i < BLOCKED; i++) {
                store.subscribe(Channel.presence("a"), this::block);
            }
            store.subscribe(Channel.presences(), event -> {
                if (event.presence().id().equals("b")) {
                    heard.countDown();
                }
            });
            store.upsert(PresenceUpsert.of("a", "ada", "online"));
            assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
            store.upsert(PresenceUpsert.of("b", "ada", "online"));
            assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    @Promise("listener-isolation")
    @Promise("blocked-listener")
    void blockedListeners_onDefaultThreads_delayNoOthers() throws Exception {
        assertOthersHear(builder -> builder);
    }

    @Test
    void blockedListeners_onThreadsOfTheHost_delayNoOthers() throws Exception {
        assertOthersHear(builder -> builder.threadFactory(BlockedListenersTest::daemon));
    }

    @Test
    void blockedListeners_withFactoryThatFailsAtTimes_delayNoOthers() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        assertOthersHear(builder -> builder.threadFactory(task -> {
            int call = calls.getAndIncrement();
            if (call > 0 && call % 3 == 0) {
                throw new IllegalStateException("no thread, on purpose");
            }
            return call > 0 && call % 3 == 1 ? null : daemon(task);
        }));
    }
}
