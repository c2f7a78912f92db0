package io.presence.internal.lock;

import static io.presence.internal.lock.LockParts.DOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.ManualExecutor;
import io.presence.internal.lock.LockParts.Caller;
import org.junit.jupiter.api.Test;

class WaiterTest {

    private final LockParts parts = new LockParts();
    private final Caller ada = parts.open("ada");
    private final Waiter waiter = new Waiter(ada.request());
    private final ManualExecutor executor = new ManualExecutor();

    @Test
    void decide_twice_isTheFirstCallersAlone() {
        assertThat(waiter.isOver()).isFalse();
        assertThat(waiter.decide()).isTrue();
        assertThat(waiter.decide()).isFalse();
        assertThat(waiter.isOver()).isTrue();
    }

    @Test
    void decide_afterCancel_isRefused() {
        waiter.future.cancel(false);

        assertThat(waiter.isOver()).isTrue();
        assertThat(waiter.decide()).isFalse();
    }

    @Test
    void fail_afterDecision_changesNothing() {
        waiter.decide();
        waiter.fail(new IllegalStateException(), executor);

        assertThat(executor.size()).isZero();
    }

    @Test
    void grant_onRejectingExecutor_completesByTheCaller() {
        executor.refuse(true);
        HeldLock lock = (HeldLock) ada.lock(DOC);
        waiter.grant(lock, executor);

        assertThat(waiter.future).isCompletedWithValue(lock);
        assertThat(lock.isHeld()).isTrue();
        assertThat(lock).hasToString("lock of doc:42 with the token " + lock.token());
    }

    @Test
    void fail_onRejectingExecutor_completesByTheCaller() {
        executor.refuse(true);
        waiter.fail(new IllegalStateException("ended"), executor);

        assertThat(waiter.future).isCompletedExceptionally();
    }
}
