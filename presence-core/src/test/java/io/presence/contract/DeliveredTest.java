package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of {@code delivered()}, with a store and executors that are driven by hand. */
class DeliveredTest {

    private final TestStore test = TestStore.create(options -> options.historySize(64));
    private final PresenceStore store = test.store();
    private final ManualExecutor executor = new ManualExecutor();
    private final Recorder heard = Recorder.chained();
    private final List<Subscription> subscriptions = new ArrayList<>();

    @AfterEach
    void close() {
        subscriptions.forEach(Subscription::close);
        test.close();
    }

    private CompletableFuture<Void> delivered() {
        return store.delivered().toCompletableFuture();
    }

    private Subscription subscribe(SubscriptionOptions options, PresenceListener listener) {
        return subscribe(options, executor, listener);
    }

    private Subscription subscribe(SubscriptionOptions options, ManualExecutor on, PresenceListener listener) {
        Subscription made = store.subscribe(Channel.presences(), options.executor(on), listener);
        subscriptions.add(made);
        return made;
    }

    private Presence write(String id, String status) {
        return store.upsert(PresenceUpsert.of(id, "ada", status)).presence();
    }

    private static String codeOf(CompletableFuture<Void> stage) {
        try {
            stage.join();
            return "none";
        } catch (CompletionException e) {
            return ((PresenceException) e.getCause()).code().name();
        }
    }

    @Test
    void delivered_withoutSubscriptions_completesWithinTheNextCycles() {
        CompletableFuture<Void> done = delivered();
        assertThat(done).isNotDone();
        test.drain();
        assertThat(done).isCompleted();
    }

    @Test
    @Promise("delivered-complete")
    void delivered_withListenerOnExecutor_completesAfterItsCall() {
        subscribe(SubscriptionOptions.defaults(), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isNotDone();
        executor.runAll();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
        test.drain();
        assertThat(done).isCompleted();
    }

    @Test
    @Promise("delivered-complete")
    void delivered_duringListenerCall_isPending() {
        AtomicReference<CompletableFuture<Void>> done = new AtomicReference<>();
        AtomicReference<Boolean> wasDone = new AtomicReference<>();
        subscribe(SubscriptionOptions.defaults(), event -> {
            test.drain();
            wasDone.set(done.get().isDone());
        });
        write("p", "online");
        test.drain();
        done.set(delivered());
        executor.runAll();
        assertThat(wasDone).hasValue(false);
        test.drain();
        assertThat(done.get()).isCompleted();
    }

    @Test
    void delivered_duringFurtherWrites_completes() {
        subscribe(SubscriptionOptions.defaults().batchSize(1), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        int rounds = 0;
        while (!done.isDone() && rounds++ < 100) {
            write("q" + rounds, "online");
            store.doWork();
            if (executor.size() > 0) {
                executor.runOne();
            }
            write("r" + rounds, "online");
        }
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).contains("ENTER p online");
        assertThat(executor.size()).isPositive();
    }

    @Test
    void delivered_withSnapshot_includesOnSynced() {
        write("p", "online");
        subscribe(SubscriptionOptions.defaults().withSnapshot(), heard);
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isNotDone();
        executor.runAll();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
        assertThat(heard.synced()).hasSize(1);
    }

    @Test
    void delivered_afterSwitchPrincipal_includesItsEvents() {
        write("p", "online");
        Subscription subscription = subscribe(SubscriptionOptions.defaults(), heard);
        test.drain();
        subscription.switchPrincipal(Principal.user("bob").build());
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isNotDone();
        executor.runAll();
        test.drain();
        executor.runAll();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(subscription.revision()).isPositive();
    }

    @Test
    void delivered_withPausedListener_doesNotWait() {
        Subscription subscription = subscribe(SubscriptionOptions.defaults(), heard);
        subscription.pause();
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.events()).isEmpty();
    }

    @Test
    void delivered_withListenerPausedMeanwhile_doesNotWait() {
        Subscription subscription = subscribe(SubscriptionOptions.defaults(), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isNotDone();
        subscription.pause();
        test.drain();
        assertThat(done).isCompleted();
    }

    @Test
    void delivered_withoutDemand_doesNotWait() {
        Subscription subscription = subscribe(SubscriptionOptions.defaults().initialRequest(1), heard);
        write("p", "online");
        write("q", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isNotDone();
        executor.runAll();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
        subscription.request(1);
        CompletableFuture<Void> rest = delivered();
        test.drain();
        assertThat(rest).isNotDone();
        executor.runAll();
        test.drain();
        assertThat(rest).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER q online");
    }

    @Test
    void delivered_withSubscriptionClosedMeanwhile_doesNotWait() {
        Subscription subscription = subscribe(SubscriptionOptions.defaults(), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        subscription.close();
        test.drain();
        assertThat(done).isCompleted();
    }

    @Test
    void delivered_withThrowingListener_completes() {
        subscribe(SubscriptionOptions.defaults(), event -> {
            throw new IllegalStateException("on purpose");
        });
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        executor.runAll();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(test.takeErrors()).hasSize(1);
    }

    @Test
    void delivered_duringExecutorRejections_waits() {
        subscribe(SubscriptionOptions.defaults(), heard);
        executor.refuse(true);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        store.doWork();
        store.doWork();
        assertThat(done).isNotDone();
        executor.refuse(false);
        test.drain();
        executor.runAll();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void delivered_afterReset_includesTheNewSnapshot() {
        subscribe(SubscriptionOptions.defaults().maxPending(1), heard);
        write("p", "online");
        write("q", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        executor.runAll();
        assertThat(heard.resets()).isEqualTo(1);
        assertThat(done).isNotDone();
        for (int i = 0; i < 8; i++) {
            test.drain();
            executor.runAll();
        }
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.assembled()).containsOnlyKeys("p", "q");
    }

    @Test
    @Promise("delivered-no-deadlock")
    void delivered_withinListenerCall_doesNotWaitForThatCall() {
        AtomicReference<CompletableFuture<Void>> inner = new AtomicReference<>();
        AtomicReference<Boolean> wasDone = new AtomicReference<>();
        subscribe(SubscriptionOptions.defaults(), event -> {
            inner.compareAndSet(null, delivered());
            test.drain();
            wasDone.set(inner.get().isDone());
        });
        write("p", "online");
        test.drain();
        executor.runAll();
        assertThat(wasDone).hasValue(true);
    }

    @Test
    void delivered_withinErrorHandler_doesNotWaitForThatListener() {
        AtomicReference<Boolean> wasDone = new AtomicReference<>();
        AtomicReference<PresenceStore> opened = new AtomicReference<>();
        PresenceStore other = PresenceStore.builder()
                .callerDriven()
                .closeTimeout(Duration.ZERO)
                .onListenerError((subscription, thrown) -> {
                    CompletionStage<Void> done = opened.get().delivered();
                    while (opened.get().doWork() > 0) {}
                    wasDone.set(done.toCompletableFuture().isDone());
                })
                .build();
        opened.set(other);
        other.subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(executor), event -> {
            throw new IllegalStateException("on purpose");
        });
        other.upsert(PresenceUpsert.of("p", "ada", "online"));
        while (other.doWork() > 0) {}
        executor.runAll();
        assertThat(wasDone).hasValue(true);
        other.close();
    }

    @Test
    void delivered_withinOnClosed_isWaitedForByOthers() {
        AtomicReference<CompletableFuture<Void>> inner = new AtomicReference<>();
        ManualExecutor late = new ManualExecutor();
        Recorder slow = Recorder.chained();
        subscribe(SubscriptionOptions.defaults(), late, slow);
        subscribe(SubscriptionOptions.defaults(), event -> inner.compareAndSet(null, delivered()));
        write("p", "online");
        test.drain();
        executor.runAll();
        test.drain();
        assertThat(inner.get()).isNotDone();
        late.runAll();
        test.drain();
        assertThat(inner.get()).isCompleted();
    }

    @Test
    @Promise("delivered-no-deadlock")
    void delivered_withinTwoListenerCallsAtOnce_waitsForNeither() {
        AtomicReference<CompletableFuture<Void>> outer = new AtomicReference<>();
        AtomicReference<CompletableFuture<Void>> inner = new AtomicReference<>();
        ManualExecutor second = new ManualExecutor();
        subscribe(SubscriptionOptions.defaults(), second, event -> {
            inner.set(delivered());
            test.drain();
            assertThat(inner.get()).isCompleted();
            assertThat(outer.get()).isCompleted();
        });
        subscribe(SubscriptionOptions.defaults(), event -> {
            outer.set(delivered());
            test.drain();
            assertThat(outer.get()).isNotDone();
            second.runAll();
        });
        write("p", "online");
        test.drain();
        executor.runAll();
        assertThat(inner.get()).isCompleted();
    }

    @Test
    void delivered_withDirectListener_completesWithTheDispatch() {
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        test.drain();
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void delivered_ofClosedStore_failsAtOnce() {
        store.close();
        assertThat(codeOf(delivered())).isEqualTo("STORE_CLOSED");
    }

    @Test
    void delivered_whenCloseDeliversTheRest_completes() {
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), heard);
        write("p", "online");
        CompletableFuture<Void> done = delivered();
        store.close();
        assertThat(done).isCompleted();
        assertThat(heard.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void delivered_whenStoreClosesBeforeDelivery_fails() {
        TestStore brief = TestStore.create(options -> options.closeTimeout(Duration.ZERO));
        brief.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(executor), heard);
        brief.store().upsert(PresenceUpsert.of("p", "ada", "online"));
        CompletableFuture<Void> done = brief.store().delivered().toCompletableFuture();
        brief.drain();
        brief.close();
        assertThat(codeOf(done)).isEqualTo("STORE_CLOSED");
        executor.runAll();
        assertThat(heard.events()).isEmpty();
    }
}
