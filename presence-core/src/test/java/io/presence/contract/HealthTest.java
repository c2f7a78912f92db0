package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceHealth;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The health of a store, and the statistics of conflated writes. */
class HealthTest {

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id, String status) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofSeconds(10)));
    }

    @Test
    void health_ofIdleStore_isWell() {
        PresenceHealth health = store.health();
        assertThat(health.isDispatching()).isTrue();
        assertThat(health.lastFailure()).isEmpty();
        assertThat(health.failures()).isEmpty();
        assertThat(health.oldestUndispatched()).isZero();
        assertThat(health.longRunningListeners()).isEmpty();
        assertThat(health.isThreadsShort()).isFalse();
        assertThat(health.deferredEvaluations()).isZero();
        assertThat(health.toString()).contains("dispatching=true");
    }

    @Test
    void oldestUndispatched_untilDispatch_rises() {
        upsert("p", "online");
        test.clock().advance(Duration.ofSeconds(3));
        upsert("q", "online");
        assertThat(store.health().oldestUndispatched()).isEqualTo(Duration.ofSeconds(3));
        test.clock().advance(Duration.ofSeconds(2));
        assertThat(store.health().oldestUndispatched()).isEqualTo(Duration.ofSeconds(5));
        test.drain();
        assertThat(store.health().oldestUndispatched()).isZero();
    }

    @Test
    void oldestUndispatched_ofBusyStore_isWithinOnePassOverThePending() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 300; i++) {
                upsert("p" + round + "-" + i, "online");
            }
            test.clock().advance(Duration.ofSeconds(1));
            store.doWork();
            assertThat(store.health().oldestUndispatched()).isLessThanOrEqualTo(Duration.ofSeconds(5 + round / 4));
        }
    }

    @Test
    void coalesced_afterWritesToPendingPresence_countsThem() {
        upsert("p", "online");
        upsert("p", "away");
        upsert("p", "busy");
        assertThat(store.stats().coalesced()).isEqualTo(2);
        test.drain();
        upsert("p", "online");
        test.drain();
        assertThat(store.stats().coalesced()).isEqualTo(2);
    }

    @Test
    void coalesced_afterUndeliveredIncarnations_countsThem() {
        upsert("p", "online");
        store.delete("p");
        test.drain();
        assertThat(store.stats().events()).isZero();
        assertThat(store.stats().coalesced()).isPositive();
        long before = store.stats().coalesced();
        upsert("q", "online");
        test.clock().advance(Duration.ofSeconds(11));
        test.drain();
        assertThat(store.stats().events()).isZero();
        assertThat(store.stats().coalesced()).isGreaterThan(before);
    }

    @Test
    void isDispatching_ofClosedStore_isFalse() {
        store.close();
        assertThat(store.health().isDispatching()).isFalse();
    }

    @Test
    @Timeout(60)
    void longRunningListeners_withBlockedListener_namesIt() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (PresenceStore live = PresenceStore.builder()
                .slowListenerThreshold(Duration.ofNanos(1))
                .build()) {
            live.subscribe(Channel.presence("p"), SubscriptionOptions.defaults(), event -> {
                entered.countDown();
                await(release);
            });
            live.subscribe(Channel.presence("other"), SubscriptionOptions.defaults(), event -> {});
            live.upsert(PresenceUpsert.of("p", "ada", "online"));
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(live.health().longRunningListeners())
                    .singleElement()
                    .satisfies(name -> assertThat(name).contains("presences.p"));
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void builder_ofHealth_setsEachValue() {
        PresenceHealth health = PresenceHealth.builder()
                .dispatching(false)
                .failures(Map.of("DISPATCH", 2L))
                .oldestUndispatched(Duration.ofSeconds(9))
                .longRunningListener("subscription to presences")
                .threadsShort(true)
                .deferredEvaluations(3)
                .lastFailure(new IllegalStateException("x"))
                .costliestFilter("a")
                .unevaluatedSubscriptions(4)
                .lastFailedSubscription("b")
                .undelivered(5, 6)
                .build();
        assertThat(health.costliestFilter()).isEqualTo("a");
        assertThat(health.unevaluatedSubscriptions()).isEqualTo(4);
        assertThat(health.lastFailedSubscription()).isEqualTo("b");
        assertThat(health.undeliveredSubscriptions()).isEqualTo(5);
        assertThat(health.undeliveredChanges()).isEqualTo(6);
        assertThat(health.isDispatching()).isFalse();
        assertThat(health.failures()).containsOnly(Map.entry("DISPATCH", 2L));
        assertThat(health.oldestUndispatched()).isEqualTo(Duration.ofSeconds(9));
        assertThat(health.longRunningListeners()).containsExactly("subscription to presences");
        assertThat(health.isThreadsShort()).isTrue();
        assertThat(health.deferredEvaluations()).isEqualTo(3);
        assertThat(health.lastFailure()).isPresent();
    }
}
