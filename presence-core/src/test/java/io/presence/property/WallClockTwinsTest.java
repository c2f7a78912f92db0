package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Two stores with one random history of writes, heartbeats, sessions, idle ladders, locks, waits, rates and resumed
 * subscriptions. The wall clock of one of them jumps both ways by an hour, a day and years. All but the times of the
 * wall clock is equal, and each of these differs by a sum of jumps that the clock has had.
 *
 * <p>Tried: fails if deadlines, the rates of writes or the ends of waits are by the wall clock, and if the difference
 * of the clocks is measured once only.
 */
class WallClockTwinsTest {

    /** The kinds of steps. */
    enum Kind {
        UPSERT,
        UPSERT_UNTIL,
        UPSERT_OF_USER,
        UPSERT_OF_SESSION,
        UPDATE,
        TOUCH,
        TOUCH_OF_SESSION,
        ACTIVE,
        DELETE,
        CLOSE,
        LOCK,
        WAIT,
        RENEW,
        RELEASE,
        LEAVE,
        RESUME,
        PASS
    }

    /** One step, and the jump before it. */
    record Step(Kind kind, int id, long seconds, Duration jump) {}

    @Property(tries = 400)
    @Promise("wall-clock-jumps")
    void stores_whoseWallClocksDiffer_showTheSame(@ForAll("steps") List<Step> steps) {
        try (WallClockTwin steady = new WallClockTwin();
                WallClockTwin jumping = new WallClockTwin()) {
            Duration offset = Duration.ZERO;
            Set<Duration> offsets = new TreeSet<>(Set.of(offset));
            for (Step step : steps) {
                offset = offset.plus(step.jump());
                offsets.add(offset);
                steady.jump(Duration.ZERO);
                jumping.jump(step.jump());
                steady.run(step);
                jumping.run(step);
                assertSame(steady, jumping, offsets);
            }
        }
    }

    private static void assertSame(WallClockTwin steady, WallClockTwin jumping, Set<Duration> offsets) {
        assertThat(jumping.log).isEqualTo(steady.log);
        assertThat(jumping.times).hasSameSizeAs(steady.times);
        for (int i = 0; i < steady.times.size(); i++) {
            assertThat(Duration.between(steady.times.get(i), jumping.times.get(i)))
                    .as("jumps within a time that is shown")
                    .isIn(offsets);
        }
        for (WallClockTwin twin : List.of(steady, jumping)) {
            twin.log.clear();
            twin.times.clear();
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> seconds = Arbitraries.of(1L, 1L, 2L, 2L, 3L, 5L, 10L, 20L, 60L, 100_000L);
        Arbitrary<Duration> jumps = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Duration.ZERO)),
                Tuple.of(
                        1, Arbitraries.of(1L, -1L, 24L, -24L, 90_000L, -90_000L).map(Duration::ofHours)));
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(Kind.class)), Tuple.of(1, Arbitraries.just(Kind.PASS)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 3), seconds, jumps)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
