package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code close()} against listeners that do their worst. Times here only bound how long a failure takes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseInTimeTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration DAY = Duration.ofDays(1);

    private static PresenceStoreBuilder soon() {
        return PresenceStore.builder().closeTimeout(SOON);
    }

    private static void upsert(PresenceStore store, String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private static void await(CountDownLatch latch) {
        boolean wasInterrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            throw new AssertionError("no listener may be interrupted");
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    @Promise("close-in-time")
    void close_whileDirectListenerBlocks_closesTheOthersAndStartsNoCall() throws Exception {
        PresenceStore store = soon().build();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Subscription stuck = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
                    calls.incrementAndGet();
                    entered.countDown();
                    await(release);
                });
        Subscription direct = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> calls.incrementAndGet());
        Subscription pooled = store.subscribe(Channel.presences(), event -> {});
        upsert(store, "p");
        await(entered);
        upsert(store, "q");
        CompletableFuture<Void> flushed = store.flush().toCompletableFuture();
        int before = calls.get();
        store.close();
        assertThat(get(direct.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(get(pooled.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(stuck.closeFuture().toCompletableFuture()).isNotDone();
        assertThatThrownBy(() -> get(flushed)).hasCauseInstanceOf(PresenceException.class);
        assertThat(store.health().failures()).containsEntry("CLOSE", 1L);
        assertThat(store.health().isDispatching()).isFalse();
        release.countDown();
        assertThat(get(stuck.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(calls).hasValue(before);
    }

    @Test
    @Promise("close-in-time")
    void close_whilePooledListenerBlocks_returnsAfterTheOthersHaveClosed() throws Exception {
        PresenceStore store = soon().build();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.subscribe(Channel.presences(), event -> {
            entered.countDown();
            await(release);
        });
        Subscription other = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {});
        upsert(store, "p");
        await(entered);
        store.close();
        assertThat(get(other.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        release.countDown();
    }

    @Test
    @Promise("close-in-time")
    void close_duringChainOfFlushes_returnsInTime() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        AtomicReference<Runnable> again = new AtomicReference<>();
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        again.set(() -> store.flush().thenRun(again.get()).exceptionally(thrown -> {
            error.complete(thrown);
            return null;
        }));
        again.get().run();
        store.close();
        assertThat(get(error)).hasRootCauseInstanceOf(PresenceException.class);
    }

    @Test
    @Promise("close-in-time")
    void close_duringChainOfSwitchPrincipal_returnsInTime() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        CompletableFuture<Subscription> made = new CompletableFuture<>();
        AtomicInteger turn = new AtomicInteger();
        made.complete(store.as(Principal.user("ada").build())
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), new PresenceListener() {
                    @Override
                    public void onEvent(PresenceEvent event) {}

                    @Override
                    public void onSynced(long revision) {
                        made.join()
                                .switchPrincipal(Principal.user("user" + turn.incrementAndGet() % 2)
                                        .build());
                    }
                }));
        upsert(store, "p");
        store.close();
        assertThat(get(made.join().closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void close_duringFlushesOfAnotherThread_returnsInTime() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        AtomicBoolean stop = new AtomicBoolean();
        Thread flusher = new Thread(() -> {
            while (!stop.get()) {
                store.flush();
            }
        });
        flusher.start();
        store.close();
        stop.set(true);
        flusher.join(30_000);
        assertThat(flusher.isAlive()).isFalse();
    }

    @Test
    void close_byInterruptedThread_deliversAndKeepsTheInterrupt() {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        ReceivedEvents delivered = new ReceivedEvents();
        store.subscribe(Channel.presences(), delivered);
        upsert(store, "p");
        Thread.currentThread().interrupt();
        store.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivered.statuses()).containsEntry("p", "online");
    }

    @Test
    @Promise("no-call-after-close")
    void close_byTwoThreads_startsNoCallAfterEitherHasReturned() throws Exception {
        PresenceStore store = soon().build();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
            calls.incrementAndGet();
            entered.countDown();
            await(release);
        });
        for (int i = 0; i < 1000; i++) {
            upsert(store, "p" + i);
        }
        await(entered);
        int[] seen = new int[2];
        Thread first = new Thread(() -> {
            store.close();
            seen[0] = calls.get();
        });
        first.start();
        store.close();
        seen[1] = calls.get();
        first.join();
        release.countDown();
        Thread dispatcher = dispatcherOf(store);
        if (dispatcher != null) {
            dispatcher.join(30_000);
        }
        assertThat(seen).containsExactly(calls.get(), calls.get());
    }

    private static Thread dispatcherOf(PresenceStore store) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(store.name() + "-dispatcher"))
                .findAny()
                .orElse(null);
    }

    @Test
    void close_withinErrorHandler_returnsAtOnce() throws Exception {
        for (SubscriptionOptions options : new SubscriptionOptions[] {
            SubscriptionOptions.defaults(), SubscriptionOptions.defaults().onDispatcher()
        }) {
            CompletableFuture<PresenceStore> made = new CompletableFuture<>();
            CompletableFuture<Void> returned = new CompletableFuture<>();
            made.complete(PresenceStore.builder()
                    .closeTimeout(DAY)
                    .onListenerError((subscription, thrown) -> {
                        made.join().close();
                        returned.complete(null);
                    })
                    .build());
            Subscription subscription = made.join().subscribe(Channel.presences(), options, event -> {
                throw new IllegalStateException("on purpose");
            });
            upsert(made.join(), "p");
            get(returned);
            assertThat(get(subscription.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        }
    }

    @Test
    void close_withinDependentOfFlush_returnsAtOnce() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        Subscription subscription = store.subscribe(Channel.presences(), event -> {});
        get(store.flush().thenRun(store::close).toCompletableFuture());
        assertThat(get(subscription.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void close_ofCallerDrivenStoreWithBlockedCycle_returnsInTime() throws Exception {
        PresenceStore store = soon().callerDriven().build();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        store.subscribe(Channel.presences(), event -> {
            calls.incrementAndGet();
            entered.countDown();
            await(release);
        });
        Subscription other = store.subscribe(Channel.presences(), event -> calls.incrementAndGet());
        upsert(store, "p");
        upsert(store, "q");
        Thread driver = new Thread(store::doWork);
        driver.start();
        await(entered);
        int before = calls.get();
        store.close();
        assertThat(get(other.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        release.countDown();
        driver.join(30_000);
        assertThat(calls).hasValue(before);
        assertThat(store.doWork()).isZero();
    }

    @Test
    void flush_whenCloseTimesOut_fails() throws Exception {
        PresenceStore store = soon().build();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
            entered.countDown();
            await(release);
        });
        upsert(store, "p");
        await(entered);
        upsert(store, "q");
        store.close();
        assertThatThrownBy(() -> get(store.flush().toCompletableFuture())).hasCauseInstanceOf(PresenceException.class);
        release.countDown();
    }
}
