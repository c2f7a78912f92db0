package io.presence.query.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArraySizingTest {

    private int length = 2;
    private int used;
    private long copied;

    private void step(boolean add) {
        int before = length;
        if (add) {
            length = used == length ? ArraySizing.grown(length) : length;
            used++;
        } else {
            used--;
            length = ArraySizing.shrunk(used, length);
        }
        copied += length == before ? 0 : length;
        assertThat(length).isGreaterThanOrEqualTo(used).isLessThanOrEqualTo(Math.max(16, 4 * used + 4));
    }

    @Test
    void anySteps_costAFewCopiesEach_andLeaveLittleUnused() {
        SplittableRandom random = Seed.random();
        int steps = 0;
        for (int target : new int[] {100_000, 1_000, 30_000, 0, 5_000, 4_990, 7, 0}) {
            while (used != target) {
                boolean towards = random.nextInt(8) != 0;
                step(used == 0 || used < target == towards);
                steps++;
            }
        }
        assertThat(copied).isLessThan(4L * steps);
    }

    @Test
    void oneMoreAndOneLess_atAnySize_neverCopiesOften() {
        while (used < 3_000) {
            step(true);
            long before = copied;
            for (int i = 0; i < 8; i++) {
                step(false);
                step(true);
            }
            assertThat(copied - before).as("at %d", used).isLessThanOrEqualTo(length);
        }
        while (used > 0) {
            step(false);
            long before = copied;
            for (int i = 0; i < 8; i++) {
                step(true);
                step(false);
            }
            assertThat(copied - before).as("at %d", used).isLessThanOrEqualTo(2L * length);
        }
    }
}
