package io.presence.contract;

import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
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
import io.presence.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that throw or call the store, and their effect on others. */
class ListenersTest {

    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    /** A listener that throws from every method. */
    private static PresenceListener throwing(Error error) {
        return new PresenceListener() {
            @Override
            public void onEvent(PresenceEvent event) {
                throw error;
            }

            @Override
            public void onSynced(long revision) {
                throw error;
            }

            @Override
            public void onClosed(CloseReason reason) {
                throw error;
            }
        };
    }

    @Test
    @Promise("listener-isolation")
    void listener_thatThrows_affectsNoOtherAndContinues() {
        Error error = new StackOverflowError("listener");
        Recorder before = test.follow(store);
        Subscription failing = store.subscribe(Channel.presences(), SNAPSHOT, throwing(error));
        Recorder after = test.follow(store);
        assertThat(test.takeErrors()).containsExactly(error);
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error, error);
        assertThat(before.takeLines()).containsExactly("ENTER p online", "ENTER q online");
        assertThat(after.takeLines()).containsExactly("ENTER p online", "ENTER q online");
        assertThat(failing.closeFuture().toCompletableFuture()).isNotDone();
        store.close();
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failing.closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.STORE_CLOSED);
        assertThat(before.closed()).containsExactly(CloseReason.STORE_CLOSED);
        assertThat(after.closed()).containsExactly(CloseReason.STORE_CLOSED);
    }

    @Test
    void errorHandler_ofThrowingListener_receivesSubscriptionAndError() {
        List<Object> reported = new ArrayList<>();
        ManualClock clock = new ManualClock();
        try (PresenceStore other = PresenceStore.builder()
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .onListenerError((subscription, thrown) -> reported.addAll(List.of(subscription, thrown)))
                .build()) {
            RuntimeException thrown = new IllegalStateException("listener");
            Subscription failing = other.subscribe(Channel.presences(), event -> {
                throw thrown;
            });
            other.upsert(PresenceUpsert.of("p", "ada", "online"));
            other.doWork();
            assertThat(reported).containsExactly(failing, thrown);
        }
    }

    @Test
    void errorHandler_thatThrows_affectsNoListener() {
        ManualClock clock = new ManualClock();
        try (PresenceStore other = PresenceStore.builder()
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .onListenerError((subscription, thrown) -> {
                    throw new LinkageError("handler, thrown on purpose by a test");
                })
                .build()) {
            other.subscribe(Channel.presences(), SNAPSHOT, throwing(new AssertionError("listener, on purpose")));
            Recorder after = Recorder.chained();
            other.subscribe(Channel.presences(), after);
            other.upsert(PresenceUpsert.of("p", "ada", "online"));
            while (other.doWork() > 0) {
                assertThat(after.events()).hasSizeLessThan(2);
            }
            assertThat(after.takeLines()).containsExactly("ENTER p online");
        }
    }

    @Test
    void errorHandler_thatRethrowsTheError_affectsNoListener() {
        try (PresenceStore other = PresenceStore.builder()
                .callerDriven()
                .onListenerError((subscription, thrown) -> {
                    throw (AssertionError) thrown;
                })
                .build()) {
            other.subscribe(Channel.presences(), SNAPSHOT, throwing(new AssertionError("listener, on purpose")));
            Recorder after = Recorder.chained();
            other.subscribe(Channel.presences(), after);
            other.upsert(PresenceUpsert.of("p", "ada", "online"));
            other.doWork();
            assertThat(after.takeLines()).containsExactly("ENTER p online");
        }
    }

    @Test
    void listener_thatWrites_receivesTheEventLater() {
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), event -> {
            delivered.onEvent(event);
            if (event.change() == Change.ENTER && event.presence().id().length() < 5) {
                int soFar = delivered.events().size();
                upsert(event.presence().id() + "x");
                store.touch("p");
                store.update("p", PresencePatch.none().status("n" + soFar));
                assertThat(delivered.events()).hasSize(soFar);
            }
        });
        upsert("p");
        test.drain();
        assertThat(delivered.assembled()).containsOnlyKeys("p", "px", "pxx", "pxxx", "pxxxx");
        assertThat(delivered.assembled().get("p")).isEqualTo(store.get("p"));
    }

    @Test
    void listener_thatSubscribesAndWrites_affectsBothSubscriptions() {
        Recorder inner = Recorder.chained();
        AtomicReference<Subscription> made = new AtomicReference<>();
        store.subscribe(Channel.presences(), event -> {
            if (made.get() == null) {
                made.set(store.subscribe(Channel.presences(), SNAPSHOT, inner));
                assertThat(inner.events()).isEmpty();
                upsert("q");
                store.delete("p");
            }
        });
        upsert("p");
        upsert("r");
        test.drain();
        assertThat(inner.synced()).hasSize(1);
        assertThat(inner.assembled()).containsOnlyKeys("q", "r");
    }

    /* q is in the dirty queue of the duty cycle in which p is delivered. */
    @Test
    void subscribe_withinCycle_receivesNextWriteOfThatCycle() {
        Recorder inner = Recorder.chained();
        AtomicReference<Subscription> made = new AtomicReference<>();
        store.subscribe(Channel.presence("p"), event -> {
            made.set(store.subscribe(Channel.presence("q"), inner));
            store.update("q", PresencePatch.none().status("away"));
        });
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(inner.takeLines()).containsExactly("ENTER q away");
    }

    @Test
    void listener_thatClosesAnother_suppressesTheSameChangeForIt() {
        AtomicReference<Subscription> victim = new AtomicReference<>();
        store.subscribe(Channel.presences(), event -> victim.get().close());
        Recorder delivered = Recorder.chained();
        victim.set(store.subscribe(Channel.presences(), delivered));
        upsert("p");
        test.drain();
        assertThat(delivered.takeLines()).isEmpty();
        assertThat(victim.get().closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.CLOSED);
    }

    @Test
    void doWork_withinListenerCall_doesNothing() {
        List<Integer> done = new ArrayList<>();
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), event -> {
            delivered.onEvent(event);
            if (event.presence().id().equals("p")) {
                upsert("q");
            }
            done.add(store.doWork());
        });
        upsert("p");
        assertThat(store.doWork()).isPositive();
        test.drain();
        assertThat(done).isNotEmpty().containsOnly(0);
        assertThat(delivered.assembled()).containsOnlyKeys("p", "q");
    }

    @Test
    void flush_withinListenerCall_completesAfterTheCall() {
        List<CompletionStage<Void>> flushes = new ArrayList<>();
        store.subscribe(Channel.presences(), event -> {
            flushes.add(store.flush());
            assertThat(flushes.get(0).toCompletableFuture()).isNotDone();
        });
        upsert("p");
        test.drain();
        assertThat(flushes).hasSize(1);
        assertThat(flushes.get(0).toCompletableFuture()).isCompleted();
    }

    @Test
    void closeStore_withinListenerCall_succeeds() {
        Recorder first = Recorder.chained();
        store.subscribe(Channel.presences(), first);
        Subscription closing = store.subscribe(Channel.presences(), event -> {
            store.close();
            assertRefused(STORE_CLOSED, () -> upsert("x"));
        });
        Recorder last = Recorder.chained();
        store.subscribe(Channel.presences(), last);
        upsert("p");
        upsert("q");
        test.drain();
        for (Recorder delivered : List.of(first, last)) {
            assertThat(delivered.takeLines()).containsExactly("ENTER p online", "ENTER q online");
            assertThat(delivered.closed()).containsExactly(CloseReason.STORE_CLOSED);
        }
        assertThat(closing.closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.STORE_CLOSED);
        assertThat(store.get("q")).isNotNull();
    }

    @Test
    void onClosed_callingTheStore_isAnswered() {
        AtomicReference<Subscription> own = new AtomicReference<>();
        List<CloseReason> reasons = new ArrayList<>();
        own.set(store.subscribe(Channel.presences(), new PresenceListener() {
            @Override
            public void onEvent(PresenceEvent event) {}

            @Override
            public void onClosed(CloseReason reason) {
                reasons.add(reason);
                own.get().close();
                store.close();
                store.flush();
                assertThat(store.doWork()).isZero();
                assertRefused(STORE_CLOSED, () -> upsert("x"));
                assertRefused(STORE_CLOSED, () -> store.subscribe(Channel.presences(), event -> {}));
            }
        }));
        test.drain();
        store.close();
        assertThat(reasons).containsExactly(CloseReason.STORE_CLOSED);
        assertThat(own.get().closeFuture().toCompletableFuture()).isCompletedWithValue(CloseReason.STORE_CLOSED);
    }
}
