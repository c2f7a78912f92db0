package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A wheel driven beside its oracle, a sorted map from ticks to the probes that must be handed over at them. Each
 * advance checks what the wheel does against the oracle, and what it is like afterwards.
 */
final class WheelModel {

    static final int PROBES = 64;
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** Farther than any distance in a history but the end of time, towards which a timer is looked at for ever. */
    private static final long DECADES = 1L << 37;

    static final Consumer<TestTimer> NOTHING = probe -> {};

    final TimerWheel<TestTimer> wheel;
    final TestTimer[] probes = new TestTimer[PROBES];
    private final TreeMap<Long, Set<TestTimer>> oracle = new TreeMap<>();
    private long advancingTo = -1;
    private int reached;

    WheelModel(long startTick, int minFilingsToSweep) {
        wheel = new TimerWheel<>(startTick, minFilingsToSweep);
        for (int id = 0; id < PROBES; id++) {
            probes[id] = new TestTimer(id);
        }
        check();
    }

    /** The tick at a distance from the cursor, kept within the range of ticks. */
    long at(long ahead) {
        long tick = wheel.cursor() + ahead;
        return ahead > 0 && tick < 0 ? Long.MAX_VALUE : Math.max(tick, 0);
    }

    /** The tick at a distance from the cursor, kept within the range of the current tick. */
    long nowAt(long ahead) {
        return Math.min(at(ahead), Long.MAX_VALUE - 1);
    }

    /** Files a probe anew, whatever it was filed for. */
    void schedule(int id, long tick) {
        expect(probes[id], tick);
        wheel.schedule(probes[id], tick);
    }

    /** Moves a deadline as a store does: later without a call of the wheel, earlier by rescheduling. */
    void move(int id, long tick) {
        TestTimer probe = probes[id];
        boolean silent = probe.scheduledTick() != WheelTimer.NOT_SCHEDULED && tick >= probe.scheduledTick();
        expect(probe, tick);
        if (!silent) {
            wheel.schedule(probe, tick);
        }
    }

    void cancel(int id) {
        forget(probes[id]);
        wheel.cancel(probes[id]);
    }

    /** Advances; {@code reaction} runs within each call of the sink and may do anything to the model but advance. */
    int advance(long nowTick, int budget, Consumer<TestTimer> reaction) {
        long before = wheel.cursor();
        advancingTo = Math.max(nowTick, before);
        reached = 0;
        try {
            int work = wheel.advance(nowTick, budget, new CheckingSink(reaction));
            assertThat(work).isBetween(reached, budget);
            if (work < budget) {
                assertThat(wheel.cursor()).isEqualTo(advancingTo);
                assertThat(oracle.headMap(advancingTo, true))
                        .as("due and not handed over")
                        .isEmpty();
            }
            return work;
        } finally {
            assertThat(wheel.cursor()).isBetween(before, advancingTo);
            advancingTo = -1;
            check();
        }
    }

    /** Advances without limit until nothing is left that is due within some decades. */
    void finish() {
        long end = nowAt(DECADES);
        while (!oracle.isEmpty() && oracle.firstKey() <= end) {
            advance(oracle.firstKey(), UNLIMITED, NOTHING);
        }
        advance(end, UNLIMITED, NOTHING);
        assertThat(hasBacklog()).isFalse();
    }

    /** A sink that has been shown each timer before it is reached, in the same order. */
    private final class CheckingSink implements TimerWheel.Sink<TestTimer> {

        private final Consumer<TestTimer> reaction;
        private final Deque<TestTimer> ahead = new ArrayDeque<>();

        CheckingSink(Consumer<TestTimer> reaction) {
            this.reaction = reaction;
        }

        @Override
        public void onAhead(TimerWheel.Run<? extends TestTimer> next) {
            assertThat(next.size()).isBetween(1, TimerWheel.Run.MAX_SIZE);
            ahead.clear();
            for (int i = 0; i < next.size(); i++) {
                ahead.add(next.timer(i));
            }
        }

        @Override
        public long onReached(TestTimer probe, long tick) {
            while (ahead.peek() != probe) {
                assertThat(ahead).as("shown ahead of %s", probe).isNotEmpty();
                /* A stale wheel entry, which is visited and not reached. */
                ahead.poll();
            }
            ahead.poll();
            return WheelModel.this.onReached(probe, tick, reaction);
        }
    }

    private long onReached(TestTimer probe, long tick, Consumer<TestTimer> reaction) {
        reached++;
        assertThat(tick).isEqualTo(wheel.cursor()).isLessThanOrEqualTo(advancingTo);
        assertThat(dueAt(probe.due)).as("%s must be live", probe).contains(probe);
        assertThat(probe.scheduledTick()).isEqualTo(WheelTimer.NOT_SCHEDULED);
        boolean due = probe.deadline <= tick;
        if (due) {
            checkPunctual(probe, tick);
            forget(probe);
        }
        try {
            reaction.accept(probe);
        } catch (SinkFailure failure) {
            expect(probe, probe.deadline, advancingTo + 1);
            throw failure;
        }
        return due ? TimerWheel.CONSUMED : probe.deadline;
    }

    /** Exactly when due; or before that on the way to a lower level, if it was filed after its deadline. */
    private static void checkPunctual(TestTimer probe, long tick) {
        assertThat(tick).as("the tick at which %s is handed over", probe).isLessThanOrEqualTo(probe.due);
        if (probe.due == probe.deadline) {
            assertThat(tick).isEqualTo(probe.due);
        }
    }

    private void expect(TestTimer probe, long tick) {
        boolean passed = tick <= wheel.cursor();
        expect(probe, tick, passed && advancingTo >= 0 ? advancingTo + 1 : wheel.cursor());
    }

    private void expect(TestTimer probe, long deadline, long earliest) {
        forget(probe);
        probe.deadline = deadline;
        probe.due = Math.max(deadline, earliest);
        oracle.computeIfAbsent(probe.due, tick -> new HashSet<>()).add(probe);
    }

    private void forget(TestTimer probe) {
        Set<TestTimer> others = dueAt(probe.due);
        if (others.remove(probe) && others.isEmpty()) {
            oracle.remove(probe.due);
        }
    }

    private Set<TestTimer> dueAt(long tick) {
        return oracle.getOrDefault(tick, new HashSet<>());
    }

    /** Checks what must hold between any two calls. */
    void check() {
        WheelInvariants.check(wheel);
        assertThat(wheel.size())
                .isEqualTo(oracle.values().stream().mapToInt(Set::size).sum());
        if (oracle.isEmpty()) {
            return;
        }
        long first = oracle.firstKey();
        assertThat(first)
                .as("what is due must be handed over before the cursor passes")
                .isGreaterThanOrEqualTo(wheel.cursor());
        assertThat(wheel.nextTick()).isLessThanOrEqualTo(first);
    }

    /** Whether something due at or before the cursor is still to be handed over. */
    boolean hasBacklog() {
        return !oracle.isEmpty() && oracle.firstKey() <= wheel.cursor();
    }

    /** The error of a misbehaving sink. */
    static final class SinkFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
