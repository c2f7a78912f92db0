package io.presence.concurrency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Closing while the dispatcher delivers. The one call that had passed the gate before it closed may run on, even if its
 * thread gets to it late; {@code closeFuture()} completes when it has ended.
 */
class CloseRaceTest {

    private static final int ROUNDS = 5_000;
    private static final int EVENTS = 3;

    private final ObservedStore stage = new ObservedStore();
    private volatile boolean closeReturned;
    private volatile boolean endedAtReturn;
    private int lateStarts;
    private int runningWhenClosed;
    private volatile boolean inCall;
    private @Nullable Subscription subscription;

    @Test
    @Promise("no-call-after-close")
    void close_racingWithDelivery_allowsOnlyTheCallPastTheGate() {
        stage.delivered.withoutEvents();
        for (int i = 0; i < EVENTS; i++) {
            stage.store.upsert(ObservedStore.upsert("p" + i, "online", 3_600_000));
        }
        Lockstep.run(ROUNDS, this::subscribeAndWrite, this::check, round -> closeAndLook(), round -> deliverAll());
        stage.close();
        assertThat(stage.delivered.violations()).isEmpty();
    }

    private Subscription current() {
        return java.util.Objects.requireNonNull(subscription);
    }

    private void subscribeAndWrite(int round) {
        stage.drain();
        closeReturned = false;
        lateStarts = 0;
        runningWhenClosed = 0;
        subscription = stage.store.subscribe(Channel.presences(), event -> {
            inCall = true;
            if (closeReturned) {
                lateStarts++;
            }
            inCall = false;
        });
        current().closeFuture().thenRun(() -> runningWhenClosed += inCall ? 1 : 0);
        stage.store.doWork();
        for (int i = 0; i < EVENTS; i++) {
            stage.store.update("p" + i, PresencePatch.none().status("s" + round));
        }
    }

    private void closeAndLook() {
        current().close();
        endedAtReturn = isEnded();
        closeReturned = true;
    }

    private void deliverAll() {
        stage.store.doWork();
    }

    private boolean isEnded() {
        return ((CompletableFuture<?>) current().closeFuture().toCompletableFuture()).isDone();
    }

    private void check(int round) {
        assertThat(lateStarts).as("calls begun after close() returned").isLessThanOrEqualTo(endedAtReturn ? 0 : 1);
        assertThat(runningWhenClosed)
                .as("calls running when closed() completed")
                .isZero();
        assertThat(isEnded()).as("closed() completed").isTrue();
        assertThat(current().closeFuture().toCompletableFuture().join()).isEqualTo(CloseReason.CLOSED);
    }

    @Test
    void closeStore_racingWithCloseOfSubscription_deliversOneReason() {
        String[] delivered = new String[1];
        ObservedStore[] fresh = new ObservedStore[1];
        Lockstep.run(
                1_500,
                round -> {
                    delivered[0] = "";
                    fresh[0] = new ObservedStore();
                    subscription = fresh[0].store.subscribe(Channel.presences(), new io.presence.PresenceListener() {
                        @Override
                        public void onEvent(io.presence.PresenceEvent event) {}

                        @Override
                        public void onClosed(CloseReason reason) {
                            delivered[0] += reason;
                        }
                    });
                },
                round -> {
                    CloseReason reason =
                            current().closeFuture().toCompletableFuture().getNow(null);
                    assertThat(reason).isNotNull();
                    assertThat(delivered[0]).isEqualTo(reason == CloseReason.CLOSED ? "" : "STORE_CLOSED");
                },
                round -> current().close(),
                round -> fresh[0].store.close());
    }

    @Test
    void closeStore_atTheEndOfListenerCall_isTheReason() {
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        PresenceStore[] fresh = new PresenceStore[1];
        Lockstep.run(
                3_000,
                round -> {
                    tasks.clear();
                    fresh[0] = PresenceStore.builder()
                            .callerDriven()
                            .closeTimeout(Duration.ZERO)
                            .listenerExecutor(tasks::add)
                            .build();
                    subscription = fresh[0].subscribe(Channel.presences(), event -> Lockstep.stagger());
                    fresh[0].upsert(ObservedStore.upsert("a", "online", 1000));
                    fresh[0].upsert(ObservedStore.upsert("b", "online", 1000));
                    fresh[0].doWork();
                },
                round -> assertThat(
                                current().closeFuture().toCompletableFuture().getNow(null))
                        .isEqualTo(CloseReason.STORE_CLOSED),
                round -> fresh[0].close(),
                round -> requireNonNull(tasks.poll()).run());
    }

    @Test
    void subscribe_duringCloseStore_isRefusedOrClosed() {
        ObservedStore[] fresh = new ObservedStore[1];
        Lockstep.run(
                1_500,
                round -> {
                    fresh[0] = new ObservedStore();
                    subscription = null;
                },
                round -> {
                    Subscription made = subscription;
                    if (made != null) {
                        assertThat(made.closeFuture().toCompletableFuture().getNow(null))
                                .isEqualTo(CloseReason.STORE_CLOSED);
                    }
                },
                round -> {
                    try {
                        subscription = fresh[0].store.subscribe(Channel.presences(), event -> {});
                    } catch (io.presence.PresenceException e) {
                        assertThat(e.code()).isEqualTo(io.presence.PresenceException.Code.STORE_CLOSED);
                    }
                },
                round -> fresh[0].store.close());
    }
}
