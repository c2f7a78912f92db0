package io.presence.internal.lock;

import static io.presence.internal.lock.LockParts.DOC;
import static io.presence.internal.lock.LockParts.LONG;
import static io.presence.internal.lock.LockParts.TTL;
import static io.presence.internal.lock.LockParts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceException.Code;
import io.presence.fixture.ManualExecutor;
import io.presence.internal.lock.LockParts.Caller;
import io.presence.lock.SoftLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A wait that is over leaves no timer, queue, wake-up or waiter behind. */
class LockQueuesTest {

    private static final int BUDGET = 256;

    private final LockParts parts = new LockParts();

    private void assertNothingIsLeft(Caller waiter, SoftLock held) {
        assertThat(parts.isIdleForever()).isTrue();
        assertThat(waiter.session().waiting()).isEmpty();
        parts.wakeUps = 0;
        assertThat(held.release()).isTrue();
        assertThat(parts.wakeUps).isZero();
        assertThat(parts.advance()).isZero();
    }

    @Test
    void lock_thatWaits_isIdleUntilTheEndOfTheLeaseOrTheTimeout() {
        parts.open("eve").lock(DOC);
        assertThat(parts.isIdleForever()).isTrue();
        parts.open("ada").await(DOC, LONG);

        assertThat(parts.idle()).isEqualTo(TTL);
        parts.open("bob").await(DOC, Duration.ofSeconds(1));
        assertThat(parts.idle()).isEqualTo(Duration.ofSeconds(1));
    }

    /* The dispatcher can be parked until later than the timers of the wait. */
    @Test
    void lock_thatWaits_wakesTheDispatcher() {
        parts.open("eve").lock(DOC);
        parts.wakeUps = 0;
        parts.open("ada").await(DOC, Duration.ofMillis(10));
        assertThat(parts.wakeUps).isOne();
    }

    @Test
    void lock_whoseTimerCannotBeServed_endsWithTheTimeout() {
        parts.open("eve").lock(DOC);
        CompletableFuture<SoftLock> wait = parts.open("ada").await(DOC, Duration.ofSeconds(1));
        parts.clock.advance(Duration.ofSeconds(1));
        long now = parts.clocks.now();
        parts.readingsUntilFailure = 1;
        assertThatThrownBy(() -> parts.locks.advance(now)).hasMessage("injected");
        assertThat(wait).isCompletedExceptionally();
        assertThat(parts.advance()).isNotNegative();
    }

    @Test
    void lock_thatCannotBeQueued_leavesNothing() {
        int failed = 0;
        while (isWaitFailing(failed + 1)) {
            failed++;
        }
        assertThat(failed).isGreaterThan(1);
    }

    /* Whether a wait fails if one reading of the clock does. Then nothing is left of it, and the next one waits. */
    private static boolean isWaitFailing(int reading) {
        LockParts failing = new LockParts(1, Runnable::run);
        failing.open("eve").lock(DOC);
        Caller ada = failing.open("ada");
        failing.readingsUntilFailure = reading;
        try {
            ada.await(DOC, LONG);
            return false;
        } catch (IllegalStateException injected) {
            failing.readingsUntilFailure = 0;
            assertThat(failing.isIdleForever()).isTrue();
            assertThat(ada.session().waiting()).isEmpty();
            assertThat(ada.await(DOC, LONG)).isNotDone();
            return true;
        }
    }

    @Test
    void cancel_ofTheOnlyWait_leavesNothing() {
        SoftLock held = parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        ada.await(DOC, LONG).cancel(false);

        assertNothingIsLeft(ada, held);
    }

    @Test
    void cancel_ofOneOfTwoWaits_leavesTheOther() {
        SoftLock held = parts.open("eve").lock(DOC);
        CompletableFuture<SoftLock> first = parts.open("ada").await(DOC, Duration.ofSeconds(1));
        CompletableFuture<SoftLock> second = parts.open("bob").await(DOC, LONG);
        first.cancel(false);

        assertThat(parts.idle()).isEqualTo(TTL);
        held.release();
        parts.advance();
        assertThat(second).isCompleted();
    }

    @Test
    void timeout_ofTheOnlyWait_leavesNothing() {
        SoftLock held = parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        CompletableFuture<SoftLock> wait = ada.await(DOC, Duration.ofSeconds(1));
        parts.clock.advance(Duration.ofSeconds(1));

        assertThat(parts.advance()).isEqualTo(1);
        assertThat(wait).isCompletedExceptionally();
        assertNothingIsLeft(ada, held);
    }

    @Test
    void close_ofTheWaitingSession_leavesNothing() {
        SoftLock held = parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        CompletableFuture<SoftLock> wait = ada.await(DOC, LONG);
        ada.session().close(0);

        assertThat(wait).isCompletedExceptionally();
        assertNothingIsLeft(ada, held);
    }

    @Test
    void lock_refusedByTheLimitOfTheUser_leavesNothing() {
        LockParts few = new LockParts(1, Runnable::run);
        few.open("eve").lock("other");
        SoftLock held = few.open("bob").lock(DOC);
        few.open("ada").await("other", LONG);
        Caller ada = few.open("ada");

        assertThat(refusal(() -> ada.await(DOC, LONG))).isEqualTo(Code.LIMIT_EXCEEDED);
        assertThat(ada.session().waiting()).isEmpty();
        few.wakeUps = 0;
        held.release();
        assertThat(few.wakeUps).isZero();
    }

    @Test
    void lock_grantedAtOnce_leavesNoWait() {
        Caller ada = parts.open("ada");
        CompletableFuture<SoftLock> wait = ada.await(DOC, LONG);

        assertThat(wait).isCompleted();
        assertNothingIsLeft(ada, wait.join());
    }

    @Test
    void release_withAWait_wakesTheDispatcherWhichGrants() {
        SoftLock held = parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        CompletableFuture<SoftLock> wait = ada.await(DOC, LONG);
        parts.wakeUps = 0;
        held.release();

        assertThat(parts.wakeUps).isEqualTo(1);
        assertThat(parts.idle()).isZero();
        assertThat(parts.advance()).isEqualTo(1);
        assertThat(wait).isCompleted();
        assertNothingIsLeft(ada, wait.join());
    }

    @Test
    void advance_ofMoreThanTheBudget_leavesTheRest() {
        List<CompletableFuture<SoftLock>> waits = new ArrayList<>();
        List<SoftLock> held = new ArrayList<>();
        LockParts many = new LockParts(1_000, Runnable::run);
        Caller eve = many.open("eve");
        Caller ada = many.open("ada");
        for (int i = 0; i <= BUDGET; i++) {
            held.add(eve.lock("doc:" + i));
            waits.add(ada.await("doc:" + i, LONG));
        }
        held.forEach(SoftLock::release);

        assertThat(many.advance()).isEqualTo(BUDGET);
        assertThat(waits.get(BUDGET - 1)).isCompleted();
        assertThat(waits.get(BUDGET)).isNotDone();
        assertThat(many.idle()).isZero();
        assertThat(many.advance()).isEqualTo(1);
        assertThat(waits.get(BUDGET)).isCompleted();
    }

    @Test
    void lease_thatEndsEarlierThanAGrace_replacesItsTimer() {
        Caller eve = parts.open("eve");
        eve.lock(DOC);
        Caller ada = parts.open("ada");
        CompletableFuture<SoftLock> wait = ada.await(DOC, LONG);
        eve.session().close(TTL.multipliedBy(4).toNanos());
        parts.advance();
        assertThat(parts.idle()).isEqualTo(TTL.multipliedBy(4));
        SoftLock resumed = parts.open("eve").lock(DOC);
        assertThat(parts.idle()).isEqualTo(TTL);
        wait.cancel(false);

        assertNothingIsLeft(ada, resumed);
    }

    @Test
    void grant_whoseCompletionIsDelayed_leavesNoQueue() {
        ManualExecutor executor = new ManualExecutor();
        LockParts delayed = new LockParts(100, executor);
        SoftLock held = delayed.open("eve").lock(DOC);
        CompletableFuture<SoftLock> wait = delayed.open("ada").await(DOC, LONG);
        held.release();
        delayed.advance();
        assertThat(delayed.held().userId()).isEqualTo("ada");
        delayed.clock.advance(TTL);

        assertThat(delayed.open("bob").tryLock(DOC)).isNotNull();
        executor.runAll();
        assertThat(wait.join().isHeld()).isFalse();
    }

    @Test
    void close_ofASessionWhoseGrantIsDelayed_wakesNoDispatcher() {
        ManualExecutor executor = new ManualExecutor();
        LockParts delayed = new LockParts(100, executor);
        SoftLock held = delayed.open("eve").lock(DOC);
        Caller ada = delayed.open("ada");
        ada.await(DOC, LONG);
        held.release();
        delayed.advance();
        delayed.wakeUps = 0;
        ada.session().close(0);

        assertThat(delayed.wakeUps).isZero();
        executor.runAll();
        assertThat(ada.session().waiting()).isEmpty();
    }

    @Test
    void lock_whileTheStoreCloses_ends() {
        parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        parts.policy = (principal, resource) -> {
            parts.locks.close();
            return true;
        };

        assertThat(ada.await(DOC, LONG)).isCompletedExceptionally();
        assertThat(ada.session().waiting()).isEmpty();
    }
}
