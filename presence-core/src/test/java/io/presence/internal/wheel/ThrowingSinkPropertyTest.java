package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A wheel whose sink throws at random, before or after it has changed other timers, against a map of deadlines: each
 * timer is handed over once, not before its deadline, and with the first complete advance after it.
 */
class ThrowingSinkPropertyTest {

    private static final int STEPS = 120;
    private static final int TIMERS = 40;

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void advance_withSinkThrowingAtRandom_losesNothing(@ForAll long seed) {
        History history = new History(new SplittableRandom(seed));
        for (int step = 0; step < STEPS; step++) {
            history.step();
            WheelInvariants.check(history.wheel);
            assertThat(history.wheel.size()).isEqualTo(history.deadlines.size());
        }
        history.finish();
    }

    private static final class History {

        private final SplittableRandom random;
        private final TimerWheel<TestTimer> wheel;
        private final TestTimer[] probes = new TestTimer[TIMERS];
        /* The timers that are to be handed over. */
        private final Map<TestTimer, Long> deadlines = new HashMap<>();
        private long now;
        private boolean throwsAtRandom = true;
        private boolean hasThrown;

        History(SplittableRandom random) {
            this.random = random;
            this.now = random.nextInt(3) == 0 ? (1L << 24) - random.nextInt(100) : random.nextInt(10_000);
            this.wheel = new TimerWheel<>(now, 8);
            for (int id = 0; id < TIMERS; id++) {
                probes[id] = new TestTimer(id);
            }
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> schedule();
                case 3 -> moveLater();
                case 4 -> cancel();
                default -> advance(random.nextInt(3) == 0 ? 1 + random.nextInt(5) : Integer.MAX_VALUE);
            }
        }

        private long distance() {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextInt(4);
                case 1 -> random.nextInt(200);
                case 2 -> 4_000 + random.nextInt(200);
                default -> random.nextLong(1L << 26);
            };
        }

        private TestTimer any() {
            return probes[random.nextInt(TIMERS)];
        }

        private void schedule() {
            schedule(any());
        }

        private void schedule(TestTimer probe) {
            long deadline = now + distance();
            deadlines.put(probe, deadline);
            wheel.schedule(probe, deadline);
        }

        /* As a heartbeat does: without a word to the wheel. */
        private void moveLater() {
            deadlines.computeIfPresent(any(), (probe, deadline) -> deadline + distance());
        }

        private void cancel() {
            TestTimer probe = any();
            deadlines.remove(probe);
            wheel.cancel(probe);
        }

        private void advance(int budget) {
            now += random.nextInt(4) == 0 ? distance() : random.nextInt(3);
            long lastThrown = hasThrown ? wheel.cursor() : -1;
            hasThrown = false;
            try {
                int work = wheel.advance(now, budget, this::reached);
                if (work < budget && lastThrown < now) {
                    assertNothingIsOverdue();
                }
            } catch (SinkFailure injected) {
                hasThrown = true;
            }
        }

        /* A timer that was added or failed within an advance is due one tick after it. */
        private void assertNothingIsOverdue() {
            deadlines.forEach((probe, deadline) -> assertThat(deadline > now || probe.scheduledTick() > now)
                    .as("%s of %s at %s", probe, deadline, now)
                    .isTrue());
        }

        private long reached(TestTimer probe, long tick) {
            Long deadline = deadlines.get(probe);
            assertThat(deadline).as("%s handed over once", probe).isNotNull();
            assertThat(tick).isLessThanOrEqualTo(now);
            failNowAndThen();
            if (deadline <= tick) {
                deadlines.remove(probe);
                return TimerWheel.CONSUMED;
            }
            return deadline;
        }

        private void failNowAndThen() {
            if (!throwsAtRandom || random.nextInt(3) > 0) {
                return;
            }
            if (random.nextBoolean()) {
                TestTimer other = any();
                if (other.scheduledTick() != WheelTimer.NOT_SCHEDULED) {
                    schedule(other);
                }
            }
            throw new SinkFailure();
        }

        void finish() {
            throwsAtRandom = false;
            for (int rounds = 0; !deadlines.isEmpty(); rounds++) {
                assertThat(rounds).as("advances until nothing is left").isLessThan(5);
                long last = deadlines.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(now);
                now = Math.max(now, last) + 1;
                wheel.advance(now, Integer.MAX_VALUE, this::reached);
            }
            assertThat(wheel.size()).isZero();
        }
    }

    /** The error of the sink. */
    private static final class SinkFailure extends Error {
        private static final long serialVersionUID = 1L;
    }
}
