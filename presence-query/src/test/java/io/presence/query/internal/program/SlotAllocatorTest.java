package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotAllocatorTest {

    private final SplittableRandom random = Seed.random();
    private final SlotAllocator free = new SlotAllocator();
    private final TreeSet<Integer> expected = new TreeSet<>();

    @Test
    void allocator_afterAnyOperations_agreesWithASortedSet() {
        int size = 1_000;
        for (int i = 0; i < 40_000; i++) {
            int slot = random.nextInt(size);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> free(slot);
                case 4 -> assertThat(free.allocate(slot)).isEqualTo(expected.remove(slot));
                case 5 -> size = i % 50 == 0 ? shrink(size) : size;
                default -> takeLowest();
            }
            assertThat(free.count()).isEqualTo(expected.size());
            size = i % 1_000 == 0 ? 1_000 : size;
        }
        while (!expected.isEmpty()) {
            takeLowest();
        }
        assertThat(free.count()).isZero();
    }

    private void free(int slot) {
        if (expected.add(slot)) {
            free.free(slot);
        }
    }

    private void takeLowest() {
        if (!expected.isEmpty()) {
            assertThat(free.allocate()).isEqualTo(expected.pollFirst());
        }
    }

    /** Takes the highest, as one does who needs no slots from there on. */
    private int shrink(int size) {
        int fewer = 1 + random.nextInt(size);
        for (int slot = size - 1; slot >= fewer; slot--) {
            assertThat(free.allocate(slot)).isEqualTo(expected.remove(slot));
        }
        free.shrink(fewer);
        return fewer;
    }
}
