package io.presence.contract;

import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of subscriptions and stores. */
class CloseTest {

    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online").expiresIn(Duration.ofSeconds(30)));
    }

    private static CompletableFuture<CloseReason> closed(Subscription subscription) {
        return subscription.closeFuture().toCompletableFuture();
    }

    @Test
    void closeFuture_ofStore_completesWithTheClose() {
        CompletableFuture<Void> closed = store.closeFuture().toCompletableFuture();
        assertThat(closed).isNotDone();
        store.close();
        assertThat(closed).isCompleted();
        assertThat(store.closeFuture().toCompletableFuture()).isCompleted();
    }

    @Test
    void closeFuture_ofStoreWithAThread_completesAfterClose() {
        PresenceStore threaded = PresenceStore.builder().build();
        assertThat(threaded.closeFuture().toCompletableFuture()).isNotDone();
        threaded.close();
        threaded.closeFuture().toCompletableFuture().join();
    }

    @Test
    @Promise("no-call-after-close")
    void close_ofTheNextListenerByDependentOfAnEnd_suppressesItsCall() {
        SubscriptionOptions direct = SubscriptionOptions.defaults().onDispatcher();
        List<String> calls = new ArrayList<>();
        AtomicReference<Subscription> first = new AtomicReference<>();
        first.set(store.subscribe(Channel.presences(), direct, event -> {
            calls.add("first");
            first.get().close();
            assertThat(closed(first.get())).isNotDone();
        }));
        Subscription second = store.subscribe(Channel.presences(), direct, event -> calls.add("second"));
        store.subscribe(Channel.presences(), direct, event -> {
            assertThat(closed(second)).isDone();
            calls.add("third");
        });
        closed(first.get()).thenRun(second::close);
        test.drain();
        upsert("p");
        test.drain();
        assertThat(calls).containsExactly("first", "third");
    }

    @Test
    @Promise("no-call-after-close")
    void close_always_suppressesLaterEvents() {
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(Channel.presences(), delivered);
        upsert("p");
        test.drain();
        delivered.take();
        upsert("q");
        assertThat(closed(subscription)).isNotDone();
        subscription.close();
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.CLOSED);
        test.drain();
        store.delete("p");
        test.drain();
        store.close();
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(delivered.closed()).isEmpty();
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.CLOSED);
    }

    @Test
    void close_beforeSubscribeIsDispatched_suppressesSnapshot() {
        upsert("p");
        test.drain();
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(Channel.presences(), SNAPSHOT, delivered);
        subscription.close();
        test.drain();
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(delivered.synced()).isEmpty();
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.CLOSED);
    }

    @Test
    void close_withinListenerCall_makesThatCallTheLast() {
        List<String> delivered = new ArrayList<>();
        AtomicReference<Subscription> subscription = new AtomicReference<>();
        subscription.set(store.subscribe(Channel.presences(), event -> {
            delivered.add(event.presence().id());
            subscription.get().close();
            assertThat(closed(subscription.get())).isNotDone();
        }));
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(delivered).containsExactly("p");
        assertThat(closed(subscription.get())).isCompletedWithValue(CloseReason.CLOSED);
    }

    @Test
    void close_duringSnapshot_suppressesRemainingEventsAndSynced() {
        upsert("p");
        upsert("q");
        test.drain();
        AtomicReference<Subscription> subscription = new AtomicReference<>();
        Recorder delivered = Recorder.chained();
        subscription.set(store.subscribe(Channel.presences(), SNAPSHOT, new PresenceListener() {
            @Override
            public void onEvent(PresenceEvent event) {
                delivered.onEvent(event);
                subscription.get().close();
            }

            @Override
            public void onSynced(long revision) {
                delivered.onSynced(revision);
            }
        }));
        test.drain();
        assertThat(delivered.take()).hasSize(1);
        assertThat(delivered.synced()).isEmpty();
    }

    @Test
    void close_duringListenerCall_returnsAtOnceAndCloseFutureWaits() {
        AtomicReference<Subscription> subscription = new AtomicReference<>();
        List<Boolean> doneWithinTheCall = new ArrayList<>();
        subscription.set(store.subscribe(Channel.presences(), event -> {
            Thread other = new Thread(() -> subscription.get().close());
            other.start();
            join(other);
            doneWithinTheCall.add(closed(subscription.get()).isDone());
        }));
        upsert("p");
        test.drain();
        assertThat(doneWithinTheCall).containsExactly(false);
        assertThat(closed(subscription.get())).isCompletedWithValue(CloseReason.CLOSED);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void close_always_stopsUseOfTheExecutor() {
        List<Runnable> tasks = new ArrayList<>();
        SubscriptionOptions options =
                SubscriptionOptions.defaults().executor(tasks::add).initialRequest(0);
        Subscription subscription = store.subscribe(Channel.presences(), options, event -> {});
        test.drain();
        subscription.close();
        subscription.request(1);
        subscription.pause();
        subscription.resume();
        test.drain();
        assertThat(tasks).isEmpty();
    }

    @Test
    void close_calledTwice_doesNothing() {
        Subscription subscription = store.subscribe(Channel.presences(), event -> {});
        subscription.close();
        subscription.close();
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.CLOSED);
        store.close();
        store.close();
        subscription.close();
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.CLOSED);
    }

    @Test
    void close_ofOneSubscription_leavesOthersOpen() {
        Recorder one = Recorder.chained();
        Recorder other = Recorder.chained();
        Subscription subscription = store.subscribe(Channel.presences(), one);
        store.subscribe(Channel.presences(), other);
        upsert("p");
        test.drain();
        subscription.close();
        upsert("q");
        test.drain();
        assertThat(one.takeLines()).containsExactly("ENTER p online");
        assertThat(other.takeLines()).containsExactly("ENTER p online", "ENTER q online");
    }

    @Test
    void closeFuture_completedByOneCaller_staysOpenForOthers() {
        Subscription subscription = store.subscribe(Channel.presences(), event -> {});
        closed(subscription).complete(CloseReason.STORE_CLOSED);
        assertThat(closed(subscription)).isNotDone();
    }

    @Test
    void closeStore_withUndispatchedWrites_deliversThemThenOnClosed() {
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(Channel.presences(), delivered);
        upsert("p");
        store.close();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(delivered.closed()).containsExactly(CloseReason.STORE_CLOSED);
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.STORE_CLOSED);
        store.close();
        assertThat(delivered.closed()).hasSize(1);
    }

    @Test
    void closeStore_withMoreWritesThanBudget_deliversAll() {
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), delivered);
        for (int i = 0; i < 3000; i++) {
            upsert("p" + i);
        }
        store.close();
        assertThat(delivered.take()).hasSize(3000);
    }

    @Test
    @Timeout(60)
    void closeStore_withoutDemand_returns() {
        PresenceStore patient = PresenceStore.builder()
                .closeTimeout(Duration.ofDays(1))
                .callerDriven()
                .build();
        Recorder delivered = Recorder.chained();
        Subscription subscription = patient.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().initialRequest(1), delivered);
        patient.upsert(PresenceUpsert.of("p", "ada", "online"));
        patient.upsert(PresenceUpsert.of("q", "ada", "online"));
        patient.close();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(delivered.closed()).containsExactly(CloseReason.STORE_CLOSED);
        assertThat(closed(subscription)).isCompletedWithValue(CloseReason.STORE_CLOSED);
        assertThat(subscription.pendingCount()).isZero();
    }

    @Test
    void anyMethod_onClosedStore_readsAndRefusesWritesAndSubscriptions() {
        upsert("p");
        store.close();
        assertThat(assertRefused(STORE_CLOSED, () -> upsert("q"))).isEqualTo("store is closed");
        assertRefused(STORE_CLOSED, () -> upsert("p"));
        assertRefused(STORE_CLOSED, () -> store.touch("p"));
        assertRefused(STORE_CLOSED, () -> store.touch("p", Duration.ofSeconds(1)));
        assertRefused(STORE_CLOSED, () -> store.update("p", PresencePatch.none().status("away")));
        assertRefused(STORE_CLOSED, () -> store.delete("p"));
        assertRefused(STORE_CLOSED, () -> test.user("ada").delete("p"));
        assertRefused(STORE_CLOSED, () -> store.subscribe(Channel.presences(), event -> {}));
        assertThat(store.get("p")).isNotNull();
        assertThat(store.list(Query.equal("status", "online")).total()).isEqualTo(1);
        assertThat(store.count()).isEqualTo(1);
        assertThat(test.user("ada").get("p")).isNotNull();
        test.clock().advance(Duration.ofSeconds(30));
        assertThat(store.get("p")).isNull();
        assertThat(store.count()).isZero();
        assertThat(store.doWork()).isZero();
    }

    @Test
    void flush_ofDirectListener_completesAfterDelivery() {
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), delivered);
        upsert("p");
        List<Integer> deliveredByThen = new ArrayList<>();
        CompletableFuture<Void> flushed = store.flush().toCompletableFuture();
        flushed.thenRun(() -> deliveredByThen.add(delivered.events().size()));
        assertThat(flushed).isNotDone();
        test.drain();
        assertThat(flushed).isCompleted();
        assertThat(deliveredByThen).containsExactly(1);
    }

    @Test
    void flush_ofMoreWritesThanBudget_completesAfterTheLast() {
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), delivered);
        for (int i = 0; i < 3000; i++) {
            upsert("p" + i);
        }
        CompletableFuture<Void> flushed = store.flush().toCompletableFuture();
        while (!flushed.isDone()) {
            assertThat(store.doWork()).isPositive();
        }
        assertThat(delivered.take()).hasSize(3000);
    }

    @Test
    void flush_ofClosedStore_completesAtOnce() {
        CompletableFuture<Void> before = store.flush().toCompletableFuture();
        store.close();
        assertThat(before).isCompleted();
        assertThat(store.flush().toCompletableFuture()).isCompleted();
    }
}
