package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of the wheel, one case at a time. */
class TimerWheelTest {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final TimerWheel<TestTimer> wheel = new TimerWheel<>(0);
    private final List<TestTimer> handedOver = new ArrayList<>();

    @AfterEach
    void wheelIsInOrder() {
        WheelInvariants.check(wheel);
    }

    private TestTimer scheduled(long tick) {
        TestTimer probe = new TestTimer(handedOver.size());
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

    @ParameterizedTest(name = "{0} ticks ahead of {1}: {2} visits")
    @CsvSource({
        "1, 0, 1",
        "4095, 0, 1",
        "4095, 4095, 1",
        "4095, 9999, 1",
        "4096, 0, 1",
        "4097, 0, 2",
        "4096, 1, 2",
        "8191, 1, 1",
        "16777215, 0, 2",
        "16777216, 0, 1",
        "16777217, 0, 2",
        "16781313, 0, 3",
        "16777216, 1, 2",
        "16773120, 8191, 2",
        "16777215, 8191, 3",
        "324000000, 0, 3",
        "324000000, 4096, 3",
        "1056964608, 0, 1",
        "1056964609, 0, 2",
        "1073741824, 0, 2",
        "3942000000, 0, 6",
        "3942000000, 16777215, 6",
    })
    void advance_toTheTick_deliversTheTimer(long ahead, long startTick, int visits) {
        TimerWheel<TestTimer> started = new TimerWheel<>(startTick);
        TestTimer probe = new TestTimer(0);
        probe.deadline = startTick + ahead;
        started.schedule(probe, probe.deadline);
        int before = started.advance(probe.deadline - 1, UNLIMITED, this::consumeIfDue);
        assertThat(handedOver).isEmpty();
        int work = before + started.advance(probe.deadline, UNLIMITED, this::consumeIfDue);
        assertThat(handedOver).containsExactly(probe);
        assertThat(work).isEqualTo(visits);
        assertThat(started.entries()).isZero();
        WheelInvariants.check(started);
    }

    @Test
    void advance_overOneYear_visitsNoEmptyTick() {
        TestTimer probe = scheduled(3_942_000_000L);
        assertThat(advance(3_942_000_000L)).isLessThanOrEqualTo(6);
        assertThat(handedOver).containsExactly(probe);
        assertThat(advance(Long.MAX_VALUE - 1)).isZero();
        assertThat(wheel.cursor()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void advance_overSeveralTicks_deliversInTheirOrder() {
        TestTimer late = scheduled(20_000_000);
        TestTimer middle = scheduled(5_000);
        TestTimer early = scheduled(4_999);
        advance(20_000_000);
        assertThat(handedOver).containsExactly(early, middle, late);
    }

    @Test
    void advance_backInTime_isAnAdvanceToTheCursor() {
        advance(100);
        TestTimer probe = scheduled(100);
        assertThat(advance(7)).isOne();
        assertThat(handedOver).containsExactly(probe);
        assertThat(wheel.cursor()).isEqualTo(100);
    }

    @Test
    void advance_outOfBudget_continuesLater() {
        for (int i = 0; i < 100; i++) {
            scheduled(5_000);
        }
        TestTimer after = scheduled(5_001);
        // the move to the lowest level takes 101 visits, then handing over takes as many
        assertThat(wheel.advance(6_000, 101, this::consumeIfDue)).isEqualTo(101);
        assertThat(handedOver).isEmpty();
        assertThat(wheel.advance(6_000, 60, this::consumeIfDue)).isEqualTo(60);
        assertThat(handedOver).hasSize(60).doesNotContain(after);
        assertThat(wheel.cursor()).isEqualTo(5_000);
        assertThat(wheel.nextTick()).isEqualTo(5_000);
        assertThat(advance(6_000)).isEqualTo(41);
        assertThat(handedOver).hasSize(101).doesNotHaveDuplicates().last().isSameAs(after);
        assertThat(wheel.cursor()).isEqualTo(6_000);
    }

    @Test
    void advance_withAMillionInOneTick_isBoundedByTheBudget() {
        int herd = 1_000_000;
        for (int i = 0; i < herd; i++) {
            scheduled(4_000);
        }
        int budget = 2_048;
        int calls = 0;
        while (wheel.advance(4_000, budget, this::consumeIfDue) == budget) {
            calls++;
            assertThat(handedOver).hasSize(calls * budget);
        }
        assertThat(calls).isEqualTo(herd / budget);
        assertThat(new HashSet<>(handedOver)).hasSize(herd);
        assertThat(wheel.entries()).isZero();
        assertThat(wheel.pool.size()).isEqualTo(ChunkPool.LIMIT);
    }

    @Test
    void advance_inSteadyState_takesChunksFromThePool() {
        scheduled(10);
        advance(10);
        assertThat(wheel.pool.size()).isOne();
        scheduled(20);
        assertThat(wheel.pool.size()).isZero();
        advance(20);
        assertThat(wheel.pool.size()).isOne();
    }

    @Test
    void reschedule_byHeartbeats_costsOneVisitPerTtl() {
        int timeToLive = 3_750;
        TestTimer probe = scheduled(timeToLive);
        int work = 0;
        for (long now = 0; now < 100L * timeToLive; now += 10) {
            probe.deadline = now + timeToLive;
            work += advance(now);
        }
        assertThat(work).isBetween(99, 101);
        assertThat(handedOver).isEmpty();
        assertThat(wheel.entries()).isOne();
        assertThat(wheel.stale()).isZero();
        advance(probe.deadline - 1);
        assertThat(handedOver).isEmpty();
        advance(probe.deadline);
        assertThat(handedOver).containsExactly(probe);
    }

    @Test
    void schedule_inThePast_isDueAtOnce() {
        advance(5_000);
        TestTimer past = scheduled(3);
        assertThat(wheel.nextTick()).isEqualTo(5_000);
        assertThat(past.scheduledTick()).isEqualTo(3);
        advance(5_000);
        assertThat(handedOver).containsExactly(past);
        assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void schedule_again_replacesTheFormer() {
        TestTimer probe = scheduled(1_000);
        wheel.schedule(probe, 10);
        assertThat(wheel.entries()).isEqualTo(2);
        assertThat(wheel.stale()).isOne();
        probe.deadline = 10;
        advance(10);
        assertThat(handedOver).containsExactly(probe);
        assertThat(probe.scheduledTick()).isEqualTo(WheelTimer.NOT_SCHEDULED);
        assertThat(advance(1_000)).isOne();
        assertThat(handedOver).hasSize(1);
        assertThat(wheel.entries()).isZero();
    }

    @Test
    void schedule_forTheSameTick_addsNothing() {
        TestTimer probe = scheduled(1_000);
        wheel.schedule(probe, 1_000);
        assertThat(wheel.entries()).isOne();
        assertThat(wheel.size()).isOne();
    }

    @Test
    void schedule_forTheGreatestTick_isNeverDue() {
        TestTimer probe = scheduled(Long.MAX_VALUE);
        advance(1L << 40);
        assertThat(handedOver).isEmpty();
        assertThat(probe.scheduledTick()).isEqualTo(Long.MAX_VALUE);
        assertThat(wheel.nextTick()).isBetween((1L << 40) + 1, (1L << 40) + (64L << 24));
    }

    @Test
    void schedule_afterCancelOfTheSameTick_isDeliveredOnce() {
        TestTimer probe = scheduled(1_000);
        wheel.cancel(probe);
        assertThat(probe.scheduledTick()).isEqualTo(WheelTimer.NOT_SCHEDULED);
        assertThat(wheel.size()).isZero();
        wheel.cancel(probe);
        assertThat(wheel.stale()).isOne();
        wheel.schedule(probe, 1_000);
        assertThat(advance(1_000)).isEqualTo(2);
        assertThat(handedOver).containsExactly(probe);
    }

    @Test
    void schedule_beyondTheHighestLevel_isVisitedAtItsEnd() {
        TestTimer probe = scheduled(1L << 40);
        assertThat(wheel.nextTick()).isEqualTo(63L << 24);
        assertThat(advance(63L << 24)).isOne();
        assertThat(wheel.nextTick()).isEqualTo(126L << 24);
        assertThat(probe.scheduledTick()).isEqualTo(1L << 40);
    }

    @Test
    void nextTick_ofHigherLevel_isTheTickAtWhichItsTimersMoveDown() {
        assertThat(wheel.nextTick()).isEqualTo(Long.MAX_VALUE);
        TestTimer probe = scheduled(20_000_000);
        assertThat(wheel.nextTick()).isEqualTo(1L << 24);
        advance(1L << 24);
        assertThat(wheel.nextTick()).isEqualTo(20_000_000 / 4_096 * 4_096);
        advance(wheel.nextTick());
        assertThat(wheel.nextTick()).isEqualTo(20_000_000);
        assertThat(probe.scheduledTick()).isEqualTo(20_000_000);
    }

    @Test
    void anyMethod_withIllegalArgument_changesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimerWheel<TestTimer>(-1))
                .withMessage("startTick must not be negative: -1");
        TestTimer probe = scheduled(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wheel.schedule(probe, -2))
                .withMessage("tick must not be negative: -2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> advance(-3))
                .withMessage("nowTick must not be negative: -3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> advance(Long.MAX_VALUE))
                .withMessage("nowTick must be less than Long.MAX_VALUE: 9223372036854775807");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wheel.advance(10, 0, this::consumeIfDue))
                .withMessage("budget must be positive: 0");
        advance(10);
        assertThat(handedOver).containsExactly(probe);
    }
}
