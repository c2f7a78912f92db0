package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sweep of stale timers, and the calls that meet a half-swept bucket. */
class SweepTest {

    private static final int MIN_FILINGS = 1_024;
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final long FAR = 3_000;

    private final TimerWheel<TestTimer> wheel = new TimerWheel<>(0);
    private final List<TestTimer> handedOver = new ArrayList<>();

    @AfterEach
    void wheelIsInOrder() {
        WheelInvariants.check(wheel);
    }

    private TestTimer[] scheduled(int count, long tick) {
        TestTimer[] probes = new TestTimer[count];
        for (int i = 0; i < count; i++) {
            probes[i] = new TestTimer(i);
            probes[i].deadline = tick;
            wheel.schedule(probes[i], tick);
        }
        return probes;
    }

    private void cancel(TestTimer[] probes, int from, int to) {
        for (int i = from; i < to; i++) {
            wheel.cancel(probes[i]);
        }
    }

    private int advance(long nowTick, int budget) {
        int work = wheel.advance(nowTick, budget, (probe, tick) -> {
            assertThat(tick).isEqualTo(probe.deadline);
            handedOver.add(probe);
            return TimerWheel.CONSUMED;
        });
        WheelInvariants.check(wheel);
        return work;
    }

    @Test
    void sweep_atHalfStale_doesNotBegin() {
        cancel(scheduled(MIN_FILINGS, FAR), 0, MIN_FILINGS / 2);
        assertThat(advance(1, UNLIMITED)).isZero();
        assertThat(wheel.stale()).isEqualTo(MIN_FILINGS / 2);
    }

    @Test
    void sweep_aboveHalfStale_removesAllStaleSlots() {
        TestTimer[] probes = scheduled(MIN_FILINGS, FAR);
        cancel(probes, 0, MIN_FILINGS / 2 + 1);
        assertThat(advance(1, UNLIMITED)).isEqualTo(MIN_FILINGS);
        assertThat(wheel.stale()).isZero();
        assertThat(wheel.entries()).isEqualTo(MIN_FILINGS / 2 - 1);
        assertThat(advance(FAR, UNLIMITED)).isEqualTo(MIN_FILINGS / 2 - 1);
        assertThat(handedOver).doesNotHaveDuplicates();
    }

    @Test
    void sweep_ofFewTimers_doesNotBegin() {
        cancel(scheduled(MIN_FILINGS - 1, FAR), 0, MIN_FILINGS - 1);
        assertThat(advance(1, UNLIMITED)).isZero();
        assertThat(wheel.stale()).isEqualTo(MIN_FILINGS - 1);
    }

    @Test
    void sweep_always_compactsTheRemainingChunks() {
        TestTimer[] probes = scheduled(30 * Chunk.CAPACITY * 2, FAR);
        for (int i = 0; i < probes.length; i++) {
            if (i % Chunk.CAPACITY != 0) {
                wheel.cancel(probes[i]);
            }
        }
        assertThat(chunksAt(FAR)).isEqualTo(60);
        advance(1, UNLIMITED);
        assertThat(wheel.entries()).isEqualTo(60);
        assertThat(chunksAt(FAR)).isEqualTo(2);
    }

    private int chunksAt(long tick) {
        Chunk<TestTimer> first = wheel.levels.get(0).first((int) tick);
        int chunks = 1;
        for (Chunk<TestTimer> chunk = first.next; chunk != first; chunk = chunk.next) {
            chunks++;
        }
        return chunks;
    }

    @Test
    void sweep_ofAllLevels_losesNoLiveTimer() {
        List<TestTimer> kept = new ArrayList<>();
        for (long tick : new long[] {FAR, 50_000, 300_000_000, 5_000_000_000L}) {
            TestTimer[] probes = scheduled(1_000, tick);
            cancel(probes, 0, 900);
            kept.addAll(List.of(probes).subList(900, 1_000));
        }
        advance(1, UNLIMITED);
        assertThat(wheel.entries()).isEqualTo(400);
        long last = 5_000_000_000L;
        wheel.advance(last, UNLIMITED, (probe, tick) -> {
            if (tick < probe.deadline) {
                return probe.deadline;
            }
            handedOver.add(probe);
            return TimerWheel.CONSUMED;
        });
        assertThat(handedOver).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void sweep_always_isBoundedByTheRemainingBudget() {
        TestTimer[] probes = scheduled(MIN_FILINGS, FAR);
        cancel(probes, 0, MIN_FILINGS - 10);
        scheduled(5, 1);
        assertThat(advance(1, 7)).isEqualTo(7);
        assertThat(handedOver).hasSize(5);
        assertThat(wheel.entries()).as("the top of the first chunk is stale").isEqualTo(MIN_FILINGS - 2);
        int calls = 0;
        while (advance(1, 7) == 7) {
            calls++;
        }
        assertThat(calls).isEqualTo((MIN_FILINGS - 2) / 7);
        assertThat(wheel.entries()).isEqualTo(10);
    }

    @Test
    void advance_reachingHalfSweptBucket_deliversAllOfIt() {
        TestTimer[] probes = scheduled(2_000, FAR);
        cancel(probes, 0, 1_001);
        assertThat(advance(1, 1_500)).isEqualTo(1_500);
        advance(FAR, UNLIMITED);
        assertThat(handedOver)
                .containsExactlyInAnyOrderElementsOf(List.of(probes).subList(1_001, 2_000));
        assertThat(wheel.entries()).isZero();
        assertThat(advance(FAR, UNLIMITED)).isZero();
    }

    @Test
    void advance_reachingHalfSweptBucket_letsTheSweepContinueElsewhere() {
        cancel(scheduled(2_000, 10), 0, 2_000);
        TestTimer[] later = scheduled(100, FAR);
        cancel(later, 0, 90);
        assertThat(advance(1, 500)).isEqualTo(500);
        // the wheel uses the bucket up, and a later revolution fills it with the same chunks, before the sweep goes on
        assertThat(advance(10, 1_500)).isEqualTo(1_500);
        assertThat(advance(11, 1)).isOne();
        TestTimer[] again = scheduled(1_500, 10 + 4_096);
        assertThat(advance(11, UNLIMITED)).isEqualTo(99);
        assertThat(wheel.entries()).isEqualTo(10 + 1_500);
        advance(10 + 4_096, UNLIMITED);
        assertThat(handedOver).hasSize(10 + 1_500).contains(again);
    }

    @Test
    void schedule_intoHalfSweptBucket_keepsTheNewTimer() {
        TestTimer[] probes = scheduled(2_000, FAR);
        cancel(probes, 0, 1_900);
        assertThat(advance(1, 1_000)).isEqualTo(1_000);
        TestTimer[] late = scheduled(40, FAR);
        advance(1, UNLIMITED);
        assertThat(wheel.entries()).isEqualTo(140);
        assertThat(wheel.stale()).isZero();
        advance(FAR, UNLIMITED);
        assertThat(handedOver).hasSize(140).doesNotHaveDuplicates().contains(late);
    }
}
