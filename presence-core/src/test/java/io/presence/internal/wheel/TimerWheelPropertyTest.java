package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.fixture.Promise;
import io.presence.internal.wheel.WheelModel.SinkFailure;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random histories of a wheel, each step checked against the oracle of {@link WheelModel}. */
class TimerWheelPropertyTest {

    private static final long MINUTE = 7_500;
    private static final long THIRTY_DAYS = 324_000_000;
    private static final long YEAR = 3_942_000_000L;

    /** Distances at which a filing changes its level, its bucket or its word of the occupancy. */
    private static final Long[] EDGES = {
        63L,
        64L,
        65L,
        4_095L,
        4_096L,
        4_097L,
        8_191L,
        8_192L,
        8_193L,
        (1L << 24) - 4_096,
        (1L << 24) - 1,
        1L << 24,
        (1L << 24) + 1,
        (1L << 24) + 4_096,
        (63L << 24) - 1,
        63L << 24,
        (63L << 24) + 1,
        (64L << 24) - 1,
        64L << 24,
        (64L << 24) + 1,
        MINUTE,
        THIRTY_DAYS,
        YEAR,
    };

    /** One call, or one burst of calls, of the wheel. */
    interface Step extends Consumer<WheelModel> {}

    record Schedule(int id, long ahead) implements Step {
        @Override
        public void accept(WheelModel model) {
            model.schedule(id, model.at(ahead));
        }
    }

    record Move(int id, long ahead) implements Step {
        @Override
        public void accept(WheelModel model) {
            model.move(id, model.at(ahead));
        }
    }

    record Cancel(int id) implements Step {
        @Override
        public void accept(WheelModel model) {
            model.cancel(id);
        }
    }

    /** More filings for one tick than a chunk holds. */
    record Herd(int from, long ahead) implements Step {
        @Override
        public void accept(WheelModel model) {
            for (int id = from; id < WheelModel.PROBES; id++) {
                model.schedule(id, model.at(ahead));
            }
        }
    }

    /** One probe filed again and again, which leaves stale filings. */
    record Churn(int id, long ahead, int times) implements Step {
        @Override
        public void accept(WheelModel model) {
            for (int i = times; i >= 0; i--) {
                model.schedule(id, model.at(ahead + i % 3));
            }
        }
    }

    record Advance(long jump, int budget) implements Step {
        @Override
        public void accept(WheelModel model) {
            model.advance(model.nowAt(jump), budget, WheelModel.NOTHING);
        }
    }

    /** An advance to just before, on or just after the next border of a level. */
    record AdvanceToBorder(int shift, int delta, int budget) implements Step {
        @Override
        public void accept(WheelModel model) {
            long width = 1L << shift;
            long toBorder = width - model.wheel.cursor() % width;
            model.advance(model.nowAt(toBorder + delta), budget, WheelModel.NOTHING);
        }
    }

    /** An advance whose sink throws for one probe. */
    record AdvanceThrowing(int id, long jump, int budget) implements Step {
        @Override
        public void accept(WheelModel model) {
            long now = model.nowAt(jump);
            catchThrowableOfType(
                    SinkFailure.class,
                    () -> model.advance(now, budget, probe -> {
                        if (probe.id % 8 == id % 8) {
                            throw new SinkFailure();
                        }
                    }));
        }
    }

    /** An advance whose sink does other steps for each probe that it is called with. */
    record AdvanceReentrant(List<Step> inner, long jump, int budget) implements Step {
        @Override
        public void accept(WheelModel model) {
            long now = model.nowAt(jump);
            int[] calls = {0};
            model.advance(now, budget, probe -> {
                if (calls[0] < inner.size()) {
                    inner.get(calls[0]++).accept(model);
                }
            });
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    @Promise("never-early")
    void advance_anyHistory_agreesWithTheOracle(@ForAll("starts") long start, @ForAll("histories") List<Step> history) {
        WheelModel model = new WheelModel(start, 8);
        for (Step step : history) {
            step.accept(model);
            model.check();
        }
        model.finish();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void advance_withBudgetOfOne_deliversTimersOneByOne(
            @ForAll("starts") long start, @ForAll("histories") List<Step> history) {
        WheelModel model = new WheelModel(start, 8);
        history.forEach(step -> step.accept(model));
        long now = model.nowAt(MINUTE);
        long most = 4 * model.wheel.entries() + 1;
        int calls = 0;
        while (model.advance(now, 1, WheelModel.NOTHING) == 1) {
            assertThat(++calls).as("calls").isLessThanOrEqualTo((int) most);
        }
        assertThat(model.wheel.cursor()).isEqualTo(now);
        assertThat(model.hasBacklog()).isFalse();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void stale_anyHistory_isAtMostTheLiveTimers(@ForAll("starts") long start, @ForAll("histories") List<Step> history) {
        WheelModel model = new WheelModel(start, 8);
        history.forEach(step -> step.accept(model));
        // the first finishes a sweep that is under way, the second starts over with what that sweep had behind it
        model.advance(model.wheel.cursor(), WheelModel.UNLIMITED, WheelModel.NOTHING);
        model.advance(model.wheel.cursor(), WheelModel.UNLIMITED, WheelModel.NOTHING);
        assertThat(model.wheel.stale()).isLessThanOrEqualTo(Math.max(7, model.wheel.size()));
        model.finish();
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0L,
                        1L,
                        4_095L,
                        4_096L,
                        (1L << 24) - 1,
                        1L << 24,
                        (64L << 24) - 1,
                        1L << 40,
                        Long.MAX_VALUE - 10,
                        Long.MAX_VALUE - YEAR),
                Arbitraries.longs().between(0, 1L << 40),
                Arbitraries.longs().between(0, Long.MAX_VALUE));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> edits = edits();
        Arbitrary<Step> advances = Combinators.combine(jumps(), budgets()).as(Advance::new);
        Arbitrary<Step> borders = Combinators.combine(
                        Arbitraries.of(12, 24, 30), Arbitraries.integers().between(-1, 1), budgets())
                .as(AdvanceToBorder::new);
        Arbitrary<Step> throwing =
                Combinators.combine(ids(), jumps(), budgets()).as(AdvanceThrowing::new);
        Arbitrary<Step> reentrant = Combinators.combine(edits.list().ofMaxSize(6), jumps(), budgets())
                .as(AdvanceReentrant::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, edits),
                        Tuple.of(5, advances),
                        Tuple.of(2, borders),
                        Tuple.of(1, throwing),
                        Tuple.of(2, reentrant))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Step> edits() {
        Arbitrary<Step> schedules = Combinators.combine(ids(), distances()).as(Schedule::new);
        Arbitrary<Step> moves = Combinators.combine(ids(), distances()).as(Move::new);
        Arbitrary<Step> cancels = ids().map(Cancel::new);
        Arbitrary<Step> herds = Combinators.combine(ids(), distances()).as(Herd::new);
        Arbitrary<Step> churns = Combinators.combine(
                        ids(), distances(), Arbitraries.integers().between(1, 70))
                .as(Churn::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, schedules),
                Tuple.of(4, moves),
                Tuple.of(3, cancels),
                Tuple.of(1, herds),
                Tuple.of(1, churns));
    }

    private static Arbitrary<Integer> ids() {
        return Arbitraries.integers().between(0, WheelModel.PROBES - 1);
    }

    private static Arbitrary<Long> distances() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(-3, 10)),
                Tuple.of(4, Arbitraries.of(EDGES)),
                Tuple.of(2, Arbitraries.longs().between(0, 1L << 34)),
                Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 1)));
    }

    private static Arbitrary<Long> jumps() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(-1, 3)),
                Tuple.of(4, Arbitraries.of(EDGES)),
                Tuple.of(2, Arbitraries.longs().between(0, 1L << 34)));
    }

    private static Arbitrary<Integer> budgets() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(1)),
                Tuple.of(3, Arbitraries.integers().between(2, 40)),
                Tuple.of(3, Arbitraries.just(WheelModel.UNLIMITED)));
    }
}
