package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import io.presence.internal.delivery.CallGate.ShutResult;
import org.junit.jupiter.api.Test;

/** The calls that a gate lets in, and its end. {@code DeliveryStress} tests its races. */
class CallGateTest {

    private final CountingGate gate = new CountingGate();
    private final Thread caller = Thread.currentThread();
    private final Thread other = new Thread(() -> {});

    private static final class CountingGate extends CallGate {
        private int ends;

        @Override
        void complete() {
            assertThat(isClosed()).isTrue();
            ends++;
        }
    }

    @Test
    void enter_enteredGate_fails() {
        assertThat(gate.enter()).isTrue();
        assertThat(gate.enter()).isFalse();
        assertThat(gate.enterCall()).isFalse();
        gate.exit();
        assertThat(gate.enterCall()).isTrue();
        gate.leave();
        assertThat(gate.enter()).isTrue();
    }

    @Test
    @Promise("no-call-after-close")
    void enter_closedGate_fails() {
        assertThat(gate.shut()).isEqualTo(ShutResult.NO_CALL);
        assertThat(gate.enter()).isFalse();
        assertThat(gate.enterCall()).isFalse();
        assertThat(gate.isEntered()).isFalse();
        assertThat(gate.shut()).isEqualTo(ShutResult.ALREADY_CLOSED);
    }

    @Test
    void enter_pausedOrHeldGate_failsUntilBothHaveEnded() {
        gate.pause();
        gate.hold();
        gate.hold();
        gate.resume();
        assertThat(gate.enterCall()).isFalse();
        gate.release();
        assertThat(gate.enter()).isFalse();
        gate.release();
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.enter()).isTrue();
        assertThat(gate.ends).isZero();
    }

    @Test
    void exit_closedDuringTheCall_completesTheEnd() {
        gate.enter();
        assertThat(gate.shut()).isEqualTo(ShutResult.DURING_CALL);
        assertThat(gate.ends).isZero();
        gate.exit();
        assertThat(gate.ends).isEqualTo(1);
    }

    @Test
    void leave_closedDuringTheCall_completesTheEnd() {
        gate.enterCall();
        gate.shut();
        gate.endIfClosed();
        assertThat(gate.ends).isZero();
        gate.leave();
        assertThat(gate.ends).isEqualTo(1);
    }

    @Test
    void endIfClosed_afterAMissedClose_completesTheEnd() {
        gate.enterCall();
        gate.leave();
        gate.endIfClosed();
        assertThat(gate.ends).isZero();
        gate.shut();
        gate.endIfClosed();
        assertThat(gate.ends).isEqualTo(1);
    }

    @Test
    void isCalledBy_duringAndAfterACall_isTheThreadOfTheCall() {
        gate.enter();
        assertThat(gate.isCalledBy(caller)).isFalse();
        assertThat(gate.isCalling()).isFalse();
        gate.callStarts();
        assertThat(gate.isCalledBy(caller)).isTrue();
        assertThat(gate.isCalledBy(other)).isFalse();
        assertThat(gate.wasCalledBy(caller)).isFalse();
        assertThat(gate.wasCalledByOtherThan(other)).isTrue();
        gate.callEnds();
        assertThat(gate.isEntered()).isTrue();
        assertThat(gate.wasCalledBy(caller)).isTrue();
        gate.exit();
        assertThat(gate.isCalledBy(caller)).isFalse();
        assertThat(gate.wasCalledBy(caller)).isTrue();
        assertThat(gate.wasCalledByOtherThan(caller)).isFalse();
    }

    @Test
    void wasCalledBy_enteredWithoutACall_keepsTheLastCaller() throws InterruptedException {
        gate.enterCall();
        gate.leave();
        Thread drain = new Thread(() -> {
            gate.enter();
            gate.exit();
        });
        drain.start();
        drain.join();
        assertThat(gate.wasCalledBy(caller)).isTrue();
        assertThat(gate.wasCalledByOtherThan(caller)).isFalse();
    }
}
