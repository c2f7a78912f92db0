package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.internal.wheel.WheelModel.SinkFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls of a sink to the wheel that calls it, and their effects. */
class SinkTest {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final TimerWheel<TestTimer> wheel = new TimerWheel<>(0);
    private final List<TestTimer> handedOver = new ArrayList<>();

    @AfterEach
    void wheelIsInOrder() {
        WheelInvariants.check(wheel);
    }

    private TestTimer scheduled(long tick) {
        TestTimer probe = new TestTimer(0);
        probe.deadline = tick;
        wheel.schedule(probe, tick);
        return probe;
    }

    private int advance(long nowTick) {
        return wheel.advance(nowTick, UNLIMITED, this::consumeIfDue);
    }

    private long consumeIfDue(TestTimer probe, long tick) {
        if (probe.deadline > tick) {
            return probe.deadline;
        }
        handedOver.add(probe);
        return TimerWheel.CONSUMED;
    }

    @Test
    void advance_whenSinkThrows_losesNothing() {
        TestTimer[] probes = {scheduled(10), scheduled(10), scheduled(10)};
        List<TestTimer> failed = new ArrayList<>();
        assertThatThrownBy(() -> wheel.advance(50, UNLIMITED, (probe, tick) -> {
                    failed.add(probe);
                    throw new SinkFailure();
                }))
                .isInstanceOf(SinkFailure.class);
        WheelInvariants.check(wheel);
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).scheduledTick()).isEqualTo(51);
        assertThat(wheel.nextTick()).isEqualTo(10);
        advance(50);
        assertThat(handedOver).hasSize(2).doesNotContainAnyElementsOf(failed);
        advance(51);
        assertThat(handedOver).containsExactlyInAnyOrder(probes);
    }

    @Test
    void advance_whenSinkReturnsThePast_callsItAgainAfterNow() {
        scheduled(10);
        List<Long> asked = new ArrayList<>();
        TimerWheel.Sink<TestTimer> stubborn = (probe, tick) -> {
            asked.add(tick);
            return tick;
        };
        assertThat(wheel.advance(1_000, UNLIMITED, stubborn)).isOne();
        assertThat(wheel.advance(1_000, UNLIMITED, stubborn)).isZero();
        assertThat(wheel.advance(1_001, UNLIMITED, stubborn)).isOne();
        assertThat(asked).containsExactly(10L, 1_001L);
    }

    @Test
    void schedule_bySinkOfItsTimer_overridesItsResult() {
        TestTimer probe = scheduled(10);
        wheel.advance(10, UNLIMITED, (reached, tick) -> {
            wheel.schedule(reached, 20);
            return TimerWheel.CONSUMED;
        });
        assertThat(probe.scheduledTick()).isEqualTo(20);
        wheel.advance(20, UNLIMITED, (reached, tick) -> {
            wheel.schedule(reached, 30);
            return 40;
        });
        assertThat(probe.scheduledTick()).isEqualTo(30);
        assertThat(wheel.entries()).isOne();
    }

    @Test
    void cancel_bySinkOfItsTimer_overridesItsResult() {
        TestTimer probe = scheduled(10);
        wheel.advance(10, UNLIMITED, (reached, tick) -> {
            wheel.cancel(reached);
            return 20;
        });
        assertThat(probe.scheduledTick()).isEqualTo(WheelTimer.NOT_SCHEDULED);
        assertThat(wheel.entries()).isZero();
    }

    @Test
    void cancel_bySinkOfItsBucket_suppressesTheOthers() {
        TestTimer[] probes = {scheduled(10), scheduled(10), scheduled(10)};
        List<TestTimer> reached = new ArrayList<>();
        wheel.advance(10, UNLIMITED, (probe, tick) -> {
            reached.add(probe);
            for (TestTimer other : probes) {
                wheel.cancel(other);
            }
            return TimerWheel.CONSUMED;
        });
        assertThat(reached).hasSize(1);
        assertThat(wheel.entries()).isZero();
    }

    @Test
    void schedule_bySinkOfDueTimer_waitsForTheNextAdvance() {
        scheduled(10);
        TestTimer other = new TestTimer(1);
        wheel.advance(15, UNLIMITED, (reached, tick) -> {
            wheel.schedule(other, tick - 3);
            return TimerWheel.CONSUMED;
        });
        assertThat(handedOver).isEmpty();
        assertThat(other.scheduledTick()).isEqualTo(16);
        advance(16);
        assertThat(handedOver).containsExactly(other);
    }

    @Test
    void schedule_bySinkWithinTheAdvancedTime_isDueInTheSameAdvance() {
        TestTimer first = scheduled(10);
        TestTimer second = new TestTimer(2);
        second.deadline = 5_000;
        advance(9);
        wheel.advance(6_000, UNLIMITED, (reached, tick) -> {
            if (reached == first) {
                wheel.schedule(second, 5_000);
            }
            return consumeIfDue(reached, tick);
        });
        assertThat(handedOver).containsExactly(first, second);
    }

    @Test
    void advance_bySink_isRefused() {
        TestTimer probe = scheduled(10);
        assertThatIllegalStateException()
                .isThrownBy(() -> wheel.advance(10, UNLIMITED, (reached, tick) -> {
                    wheel.advance(20, UNLIMITED, this::consumeIfDue);
                    return TimerWheel.CONSUMED;
                }))
                .withMessage("advance must not be called by a sink");
        assertThat(probe.scheduledTick()).isEqualTo(11);
        advance(11);
        assertThat(handedOver).containsExactly(probe);
    }
}
