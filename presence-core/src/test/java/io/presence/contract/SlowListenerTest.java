package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pending changes of a slow listener: the net change of each presence. */
class SlowListenerTest {

    private final TestStore test = TestStore.create(builder -> builder.closeTimeout(Duration.ZERO));
    private final PresenceStore store = test.store();
    private final ManualExecutor executor = new ManualExecutor();
    private final SubscriptionOptions slow = SubscriptionOptions.defaults().executor(executor);

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id, String status) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofSeconds(30)));
        test.drain();
    }

    private void delete(String id) {
        store.delete(id);
        test.drain();
    }

    private Recorder delivered(Query... filters) {
        Recorder delivered = Recorder.chained(store.list().presences().toArray(io.presence.Presence[]::new));
        store.subscribe(Channel.presences(), slow, delivered, filters);
        test.drain();
        return delivered;
    }

    private List<String> lines(Recorder delivered) {
        executor.runAll();
        return delivered.takeLines();
    }

    @Test
    void deliver_onExecutor_callsNoListenerElsewhere() {
        Recorder delivered = delivered();
        upsert("p", "online");
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(executor.size()).isEqualTo(1);
        assertThat(lines(delivered)).containsExactly("ENTER p online");
        assertThat(executor.size()).isZero();
    }

    @Test
    @Promise("slow-listener-memory")
    void update_repeatedWhilePending_isOneEventFromLastDeliveredState() {
        upsert("p", "s0");
        Recorder delivered = delivered();
        for (int i = 1; i <= 100; i++) {
            upsert("p", "s" + i);
        }
        executor.runAll();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.presence().status()).isEqualTo("s100");
        assertThat(event.previous().status()).isEqualTo("s0");
        assertThat(event.action()).isEqualTo(Action.UPSERT);
        assertThat(store.stats().conflated()).isEqualTo(99);
    }

    @Test
    @Promise("slow-listener-memory")
    void delete_whileEnterIsPending_cancelsOut() {
        Recorder delivered = delivered();
        upsert("p", "online");
        delete("p");
        upsert("q", "online");
        assertThat(lines(delivered)).containsExactly("ENTER q online");
        assertThat(store.stats().cancelledOut()).isEqualTo(1);
    }

    @Test
    void reentry_whilePendingInOneIncarnation_isUpdate() {
        upsert("p", "online");
        Recorder delivered = delivered(Query.equal("status", "online", "back"));
        upsert("p", "away");
        upsert("p", "back");
        assertThat(lines(delivered)).containsExactly("UPDATE p back");
    }

    @Test
    void successor_whilePending_isExitThenEnter() {
        upsert("p", "first");
        Recorder delivered = delivered();
        delete("p");
        upsert("p", "second");
        assertThat(lines(delivered)).containsExactly("EXIT p DELETED", "ENTER p second");
        delete("p");
        upsert("p", "third");
        test.pass(Duration.ofMinutes(1));
        assertThat(lines(delivered)).containsExactly("EXIT p DELETED");
    }

    @Test
    void exit_ofSeveralPendingIncarnations_hasCauseOfTheDeliveredOne() {
        upsert("p", "online");
        Recorder delivered = delivered(Query.equal("status", "online"));
        upsert("p", "away");
        delete("p");
        assertThat(lines(delivered)).containsExactly("EXIT p NO_LONGER_MATCHES");
    }

    @Test
    void update_continuousWhilePending_isDeliveredInOrderOfFirstChange() {
        Recorder delivered = delivered();
        upsert("hot", "a");
        upsert("cold", "a");
        upsert("hot", "b");
        assertThat(lines(delivered)).containsExactly("ENTER hot b", "ENTER cold a");
    }

    @Test
    void pendingCount_whilePending_countsPresencesAndRevisionStays() {
        Subscription subscription = store.subscribe(Channel.presences(), slow, event -> {});
        test.drain();
        assertThat(subscription.revision()).isZero();
        upsert("p", "a");
        upsert("p", "b");
        upsert("q", "a");
        assertThat(subscription.pendingCount()).isEqualTo(2);
        assertThat(subscription.revision()).isZero();
        executor.runAll();
        assertThat(subscription.pendingCount()).isZero();
        assertThat(subscription.revision()).isEqualTo(3);
    }

    @Test
    void batchSize_always_limitsOnEvents() {
        List<Integer> sizes = new ArrayList<>();
        PresenceListener.Batching batching = events -> sizes.add(events.size());
        store.subscribe(Channel.presences(), slow.batchSize(4), batching);
        for (int i = 0; i < 10; i++) {
            upsert("p" + i, "online");
        }
        executor.runAll();
        assertThat(sizes).containsExactly(4, 4, 2);
    }

    @Test
    void executor_afterOneBatch_runsOtherTasks() {
        List<String> delivered = new ArrayList<>();
        store.subscribe(Channel.presences(), slow.batchSize(2), event -> delivered.add("a"));
        store.subscribe(Channel.presences(), slow.batchSize(2), event -> delivered.add("b"));
        for (int i = 0; i < 4; i++) {
            upsert("p" + i, "online");
        }
        executor.runAll();
        assertThat(delivered).containsExactly("a", "a", "b", "b", "a", "a", "b", "b");
    }

    @Test
    void executor_runningInPlace_doesNotNestCalls() {
        List<Integer> depths = new ArrayList<>();
        int[] depth = {0};
        Recorder delivered = Recorder.chained();
        Subscription subscription = store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().executor(Runnable::run).batchSize(1),
                event -> {
                    depths.add(++depth[0]);
                    delivered.onEvent(event);
                    depth[0]--;
                });
        test.drain();
        subscription.pause();
        for (int i = 0; i < 10_000; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        test.drain();
        subscription.resume();
        assertThat(delivered.assembled()).hasSize(10_000);
        assertThat(depths).containsOnly(1);
    }

    @Test
    void executor_thatRejects_losesNothingAndIsRetried() {
        Recorder delivered = delivered();
        executor.refuse(true);
        upsert("p", "a");
        upsert("p", "b");
        assertThat(store.stats().executorRejections()).isGreaterThanOrEqualTo(2);
        executor.refuse(false);
        test.drain();
        assertThat(lines(delivered)).containsExactly("ENTER p b");
    }

    @Test
    void pause_untilResume_suppressesEvents() {
        Recorder delivered = Recorder.chained();
        for (SubscriptionOptions options :
                List.of(SubscriptionOptions.defaults().onDispatcher(), slow)) {
            Subscription subscription = store.subscribe(Channel.presences(), options, delivered);
            test.drain();
            subscription.pause();
            subscription.pause();
            upsert("p", "a");
            upsert("p", "b");
            assertThat(lines(delivered)).isEmpty();
            assertThat(subscription.pendingCount()).isEqualTo(1);
            subscription.resume();
            test.drain();
            assertThat(lines(delivered)).containsExactly("ENTER p b");
            delete("p");
            assertThat(lines(delivered)).containsExactly("EXIT p DELETED");
            subscription.close();
            test.drain();
        }
    }

    @Test
    void request_someEvents_deliversAtMostThatMany() {
        for (SubscriptionOptions options :
                List.of(SubscriptionOptions.defaults().onDispatcher(), slow)) {
            Recorder delivered = Recorder.chained();
            Subscription subscription = store.subscribe(Channel.presences(), options.initialRequest(1), delivered);
            test.drain();
            upsert("p", "a");
            upsert("q", "a");
            upsert("q", "b");
            assertThat(lines(delivered)).containsExactly("ENTER p a");
            subscription.request(1);
            test.drain();
            assertThat(lines(delivered)).containsExactly("ENTER q b");
            delete("p");
            delete("q");
            assertThat(lines(delivered)).isEmpty();
            subscription.request(Long.MAX_VALUE);
            subscription.request(Long.MAX_VALUE);
            test.drain();
            assertThat(lines(delivered)).containsExactly("EXIT p DELETED", "EXIT q DELETED");
            subscription.close();
        }
    }

    @Test
    void request_oneOfExitAndEnter_deliversTheExitAlone() {
        upsert("p", "first");
        Recorder delivered = Recorder.chained(store.get("p"));
        Subscription subscription = store.subscribe(Channel.presences(), slow.initialRequest(0), delivered);
        test.drain();
        delete("p");
        upsert("p", "second");
        subscription.request(1);
        assertThat(lines(delivered)).containsExactly("EXIT p DELETED");
        upsert("p", "third");
        subscription.request(1);
        assertThat(lines(delivered)).containsExactly("ENTER p third");
    }

    @Test
    void closeOnError_whenListenerThrows_closesTheSubscription() {
        RuntimeException thrown = new IllegalStateException("listener");
        List<CloseReason> closed = new ArrayList<>();
        for (SubscriptionOptions options :
                List.of(SubscriptionOptions.defaults().onDispatcher(), slow)) {
            Subscription failing = store.subscribe(Channel.presences(), options.closeOnError(), new PresenceListener() {
                @Override
                public void onEvent(PresenceEvent event) {
                    throw thrown;
                }

                @Override
                public void onClosed(CloseReason reason) {
                    closed.add(reason);
                }
            });
            upsert("p", "a" + closed.size());
            upsert("q", "b" + closed.size());
            executor.runAll();
            assertThat(test.takeErrors()).containsExactly(thrown);
            assertThat(failing.closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.LISTENER_FAILED);
        }
        assertThat(closed).containsExactly(CloseReason.LISTENER_FAILED, CloseReason.LISTENER_FAILED);
        test.drain();
        assertThat(store.stats().subscriptions()).isZero();
        assertThat(store.stats().listenerErrors()).isEqualTo(2);
    }

    @Test
    void channelOfOneAction_whilePending_keepsTheLatest() {
        Recorder delivered = Recorder.loose();
        store.subscribe(Channel.presences().update(), slow, delivered);
        upsert("p", "a");
        store.update("p", PresencePatch.none().status("b"));
        test.drain();
        upsert("p", "c");
        store.update("p", PresencePatch.none().status("d"));
        test.drain();
        executor.runAll();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.presence().status()).isEqualTo("d");
        assertThat(event.previous().status()).isEqualTo("c");
        assertThat(event.action()).isEqualTo(Action.UPDATE);
    }
}
