package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The interrupt flag that a direct listener leaves on the dispatcher's thread. */
class InterruptedListenersTest {

    private static final int LISTENERS = 4;

    private final List<Boolean> found = new ArrayList<>();

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    private void subscribe(PresenceStore store, SubscriptionOptions options) {
        for (int i = 0; i < LISTENERS; i++) {
            store.subscribe(Channel.presences(), options, event -> {
                synchronized (found) {
                    found.add(Thread.currentThread().isInterrupted());
                }
                Thread.currentThread().interrupt();
            });
        }
    }

    private static void upsert(PresenceStore store) {
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
    }

    @Test
    void interrupt_leftByListenerInDoWork_isHiddenFromNextListenerAndKeptForCaller() {
        TestStore test = TestStore.create();
        subscribe(test.store(), SubscriptionOptions.defaults().onDispatcher());
        upsert(test.store());
        test.store().doWork();
        assertThat(found).hasSize(LISTENERS).containsOnly(false);
        assertThat(Thread.interrupted()).isTrue();
        test.drain();
        assertThat(Thread.interrupted()).as("after rounds without a call").isFalse();
        test.close();
    }

    @Test
    void interrupt_leftByListenerInDrain_isHiddenFromNextListener() {
        TestStore test = TestStore.create();
        subscribe(
                test.store(),
                SubscriptionOptions.defaults().onDispatcher().withSnapshot().ignoreResets());
        upsert(test.store());
        test.drain();
        assertThat(found).hasSize(LISTENERS).containsOnly(false);
        Thread.interrupted();
        test.close();
    }

    @Test
    void interrupt_ofCaller_isKept() {
        TestStore test = TestStore.create();
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {});
        upsert(test.store());
        Thread.currentThread().interrupt();
        test.store().doWork();
        assertThat(Thread.interrupted()).isTrue();
        test.close();
    }

    @Test
    void interrupt_ofClosingThread_isKept() {
        TestStore test = TestStore.create();
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {});
        upsert(test.store());
        Thread.currentThread().interrupt();
        test.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @Timeout(60)
    @Promise("interrupt-contained")
    void interrupt_leftOnDispatcher_isHiddenFromNextListenerAndCounted() throws Exception {
        try (PresenceStore store = PresenceStore.builder().build()) {
            subscribe(store, SubscriptionOptions.defaults().onDispatcher());
            upsert(store);
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
            /* Counted at the end of the round in which the first flush completed. */
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(store.health().failures()).containsEntry("INTERRUPT", (long) LISTENERS);
            synchronized (found) {
                assertThat(found).hasSize(LISTENERS).containsOnly(false);
            }
        }
    }
}
