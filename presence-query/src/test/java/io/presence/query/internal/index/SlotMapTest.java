package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotMapTest {

    private static final int SLOTS = 400;

    private final SplittableRandom random = Seed.random();
    private final SlotMap<Integer> bySlot = new SlotMap<>();
    private final Map<Integer, Integer> expected = new HashMap<>();

    @Test
    void slotMap_afterAnyOperations_agreesWithAMap() {
        for (int i = 0; i < 40_000; i++) {
            boolean grows = i / 4_000 % 2 == 0;
            int slot = random.nextInt(1 + random.nextInt(SLOTS));
            if (expected.remove(slot) != null) {
                bySlot.remove(slot);
            } else if (grows || random.nextInt(8) == 0) {
                expected.put(slot, i);
                bySlot.put(slot, i);
            }
            int any = random.nextInt(2 * SLOTS);
            assertThat(bySlot.get(any)).isEqualTo(expected.get(any));
            assertThat(bySlot.get(slot)).isEqualTo(expected.get(slot));
            assertThat(bySlot.isEmpty()).isEqualTo(expected.isEmpty());
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            assertThat(bySlot.get(slot)).isEqualTo(expected.get(slot));
        }
    }
}
