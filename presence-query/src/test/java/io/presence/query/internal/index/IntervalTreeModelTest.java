package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree of several levels finds what a loop over all ranges finds, and its nodes stay as they must be. */
class IntervalTreeModelTest {

    private static final int RANGES = 2_500;
    private static final String PREFIX = "room/".repeat(20);

    private final SplittableRandom random = Seed.random();
    private final RangeModel model = new RangeModel();
    private int steps;

    /** Kinds of ranges, by their ends. */
    private enum Kind {
        NARROW {
            @Override
            void add(RangeModel model, SplittableRandom random) {
                double low = random.nextInt(10_000);
                model.add(Bound.ofNumber(low), Bound.ofNumber(low + random.nextInt(20)));
            }
        },
        ANY_WIDTH {
            @Override
            void add(RangeModel model, SplittableRandom random) {
                model.add(point(random), point(random));
            }
        },
        ONE_LOWER_END {
            @Override
            void add(RangeModel model, SplittableRandom random) {
                model.add(Bound.LOWEST, point(random));
            }
        },
        ONE_UPPER_END {
            @Override
            void add(RangeModel model, SplittableRandom random) {
                model.add(point(random), Bound.HIGHEST);
            }
        },
        FEW_WORDS {
            @Override
            void add(RangeModel model, SplittableRandom random) {
                model.add(Bound.ofNumber(random.nextInt(60)), Bound.ofNumber(random.nextInt(60)));
            }
        },
        STRINGS {
            @Override
            Bound point(SplittableRandom random) {
                return text("", random);
            }
        },
        STRINGS_OF_ONE_WORD {
            @Override
            Bound point(SplittableRandom random) {
                return text(PREFIX, random);
            }
        },
        STRINGS_AND_NO_ENDS {
            @Override
            Bound point(SplittableRandom random) {
                return text(random.nextBoolean() ? PREFIX : "", random);
            }

            @Override
            void add(RangeModel model, SplittableRandom random) {
                Bound other = point(random);
                switch (random.nextInt(4)) {
                    case 0 -> model.add(Bound.LOWEST, other);
                    case 1 -> model.add(other, Bound.HIGHEST);
                    case 2 -> model.add(Bound.LOWEST, Bound.HIGHEST);
                    default -> model.add(point(random), other);
                }
            }
        };

        Bound point(SplittableRandom random) {
            return Bound.ofNumber(random.nextInt(10_000));
        }

        void add(RangeModel model, SplittableRandom random) {
            model.add(point(random), point(random));
        }

        private static Bound text(String prefix, SplittableRandom random) {
            return Bound.ofText(prefix + Integer.toString(random.nextInt(4_000), 6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addAndRemove_inAnyOrder_agreesWithALoop(Kind kind) {
        while (model.size() < RANGES) {
            step(kind, 4);
        }
        for (int i = 0; i < RANGES; i++) {
            step(kind, 2);
        }
        assertThat(IntervalTreeShape.of(model.tree()).depth()).isEqualTo(3);
        while (model.size() > 0) {
            step(kind, 1);
        }
        assertThat(model.tree().root()).isNull();
    }

    /* Of five steps, a number add a range, and the others remove one. */
    private void step(Kind kind, int adding) {
        if (model.size() == 0 || random.nextInt(5) < adding) {
            kind.add(model, random);
        } else {
            model.removeAny(random);
        }
        if (++steps % 16 == 0 || model.size() < 40) {
            model.visit(kind.point(random));
        }
        if (steps % 64 == 0 || model.size() < 40) {
            IntervalTreeShape.of(model.tree());
        }
    }

    /** The oldest or the newest ranges are removed first, which empties nodes at either end. */
    @ParameterizedTest
    @EnumSource
    void remove_inTheOrderOfAdding_agreesWithALoop(Kind kind) {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < RANGES; i++) {
                kind.add(model, random);
            }
            while (model.size() > 0) {
                model.remove(round == 0 ? model.size() - 1 : 0);
                if (model.size() % 32 == 0) {
                    model.visit(kind.point(random));
                    IntervalTreeShape.of(model.tree());
                }
            }
            assertThat(model.tree().root()).isNull();
        }
    }
}
