package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code close()} by a thread that an executor of the host needs to call listeners. Times here only bound how long a
 * failure takes.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseByExecutorTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration DAY = Duration.ofDays(1);

    private final ExecutorService only = Executors.newSingleThreadExecutor();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void shutDown() {
        only.shutdownNow();
    }

    private static void upsert(PresenceStore store, String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private Subscription subscribe(PresenceStore store, SubscriptionOptions options) {
        return store.subscribe(Channel.presences(), options, event -> calls.incrementAndGet());
    }

    private static <T> T on(ExecutorService executor, Callable<T> task) throws Exception {
        return executor.submit(task).get(30, TimeUnit.SECONDS);
    }

    private static CloseReason end(Subscription subscription) throws Exception {
        return subscription.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Void writeAndClose(PresenceStore store) {
        upsert(store, "p");
        store.close();
        return null;
    }

    @Test
    @Promise("close-own-thread")
    void close_byOnlyThreadOfExecutor_returnsAtOnceAndDeliversLater() throws Exception {
        PresenceStore store =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        Subscription subscription = subscribe(store, SubscriptionOptions.defaults());
        on(only, () -> writeAndClose(store));
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(1);
        assertThat(store.health().failures()).doesNotContainKey("CLOSE");
        assertThat(store.health().undeliveredChanges()).isZero();
    }

    @Test
    void close_ofCallerDrivenStoreByOnlyThreadOfExecutor_returnsAtOnceAndDeliversLater() throws Exception {
        PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .closeTimeout(DAY)
                .listenerExecutor(only)
                .build();
        Subscription subscription = subscribe(store, SubscriptionOptions.defaults());
        on(only, () -> writeAndClose(store));
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void close_byThreadThatHasCalledAListener_doesNotWaitForThatExecutor() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        CountDownLatch called = new CountDownLatch(1);
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().executor(only), event -> {
                    calls.incrementAndGet();
                    called.countDown();
                });
        Subscription pooled = subscribe(store, SubscriptionOptions.defaults());
        upsert(store, "first");
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        boolean hasPooledEnded = on(only, () -> {
            writeAndClose(store);
            return pooled.closeFuture().toCompletableFuture().isDone();
        });
        assertThat(hasPooledEnded).as("others are waited for").isTrue();
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(4);
    }

    @Test
    @Promise("close-counts-losses")
    void close_byOnlyThreadOfExecutorWithFullQueue_countsWhatIsNotDelivered() throws Exception {
        ThreadPoolExecutor bounded = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(2));
        PresenceStore store = PresenceStore.builder()
                .closeTimeout(DAY)
                .listenerExecutor(bounded)
                .build();
        on(bounded, () -> null);
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            subscriptions.add(subscribe(store, SubscriptionOptions.defaults()));
        }
        on(bounded, () -> {
            upsert(store, "p");
            upsert(store, "q");
            store.close();
            return null;
        });
        for (Subscription each : subscriptions) {
            assertThat(end(each)).isEqualTo(CloseReason.STORE_CLOSED);
        }
        assertThat(calls).hasValue(4);
        assertThat(store.health().undeliveredSubscriptions()).isEqualTo(3);
        assertThat(store.health().undeliveredChanges()).isEqualTo(6);
        assertThat(store.health().failures()).containsKey("CLOSE");
        bounded.shutdownNow();
    }

    @Test
    void close_withinListenerOnTheOnlyThread_deliversToTheOthersOnIt() throws Exception {
        PresenceStore store =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        CompletableFuture<Void> returned = new CompletableFuture<>();
        store.subscribe(Channel.presence("p"), event -> {
            upsert(store, "q");
            store.close();
            returned.complete(null);
        });
        Subscription other = store.subscribe(
                Channel.presence("q"), SubscriptionOptions.defaults(), event -> calls.incrementAndGet());
        upsert(store, "p");
        returned.get(30, TimeUnit.SECONDS);
        assertThat(end(other)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(1);
    }

    @Test
    void close_ofTwoStoresSharingOneThread_returnsAtOnce() throws Exception {
        PresenceStore first =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        PresenceStore second =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        List<Subscription> subscriptions = List.of(
                subscribe(first, SubscriptionOptions.defaults()), subscribe(second, SubscriptionOptions.defaults()));
        on(only, () -> {
            writeAndClose(first);
            return writeAndClose(second);
        });
        for (Subscription each : subscriptions) {
            assertThat(end(each)).isEqualTo(CloseReason.STORE_CLOSED);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void close_byListenerOfAnotherStoreOnTheSameThread_returnsAtOnce() throws Exception {
        PresenceStore first =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        PresenceStore second =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        Subscription ofSecond = subscribe(second, SubscriptionOptions.defaults());
        first.subscribe(Channel.presences(), event -> writeAndClose(second));
        upsert(first, "p");
        assertThat(end(ofSecond)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(1);
        first.close();
    }

    /** Two listeners that wait for each other have shown that the executor has two threads. */
    @Test
    void close_byOneOfSeveralThreadsOfExecutor_waitsForTheOthers() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        PresenceStore store =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(two).build();
        CountDownLatch both = new CountDownLatch(2);
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            subscriptions.add(store.subscribe(Channel.presences(), event -> {
                both.countDown();
                awaitQuietly(both);
                calls.incrementAndGet();
            }));
        }
        upsert(store, "first");
        store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        on(two, () -> writeAndClose(store));
        assertThat(subscriptions)
                .allSatisfy(each ->
                        assertThat(each.closeFuture().toCompletableFuture()).isDone());
        assertThat(calls).hasValue(4);
        two.shutdownNow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void close_byUnknownThreadOfExecutor_waitsForTheTimeoutAndCountsWhatIsNotDelivered() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(SOON).build();
        Subscription subscription =
                subscribe(store, SubscriptionOptions.defaults().executor(only));
        Subscription other = subscribe(store, SubscriptionOptions.defaults().executor(only));
        on(only, () -> {
            upsert(store, "p");
            upsert(store, "q");
            store.close();
            return null;
        });
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(end(other)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(store.health().undeliveredSubscriptions()).isEqualTo(2);
        assertThat(store.health().undeliveredChanges()).isEqualTo(4);
        assertThat(store.health().failures()).containsKey("CLOSE");
        only.shutdown();
        assertThat(only.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).hasValue(0);
    }

    @Test
    void close_byAnotherThread_waitsForTheExecutor() throws Exception {
        PresenceStore store =
                PresenceStore.builder().closeTimeout(DAY).listenerExecutor(only).build();
        Subscription subscription = subscribe(store, SubscriptionOptions.defaults());
        on(only, () -> null);
        writeAndClose(store);
        assertThat(subscription.closeFuture().toCompletableFuture()).isDone();
        assertThat(calls).hasValue(1);
    }

    @Test
    @Promise("close-counts-losses")
    void close_withPausedSubscription_countsWhatIsNotDelivered() {
        PresenceStore store = PresenceStore.builder().callerDriven().build();
        Subscription subscription = subscribe(store, SubscriptionOptions.defaults());
        store.doWork();
        subscription.pause();
        upsert(store, "p");
        upsert(store, "q");
        store.close();
        assertThat(store.health().undeliveredSubscriptions()).isEqualTo(1);
        assertThat(store.health().undeliveredChanges()).isEqualTo(2);
        assertThat(store.health().failures()).containsEntry("CLOSE", 1L);
    }
}
