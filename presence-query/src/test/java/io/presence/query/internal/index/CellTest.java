package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellTest {

    private final SplittableRandom random = Seed.random();
    private final List<Entry> slotIndex = new ArrayList<>();

    @Test
    void cell_afterAnyOperations_hasTheEdgesOfItsPostings() {
        KeyHash hashes = new KeyHash(Seed.SEED);
        Cell<Entry> cell = new Cell<>(owner -> {}, hashes.of(0, 0), new GridLevel(3, 3), 0, 0);
        Map<Entry, Box> boxes = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            if (slotIndex.isEmpty() || random.nextInt(2) == 0 && slotIndex.size() < 40) {
                double x = random.nextInt(10);
                double y = random.nextInt(10);
                Entry added = new Entry(i);
                boxes.put(added, new Box(x, x + 3, y, y + 3));
                cell.add(boxes.get(added), added);
                slotIndex.add(added);
            } else {
                cell.remove(slotIndex.remove(random.nextInt(slotIndex.size())));
            }
            Seen seen = new Seen();
            cell.visit(5, 5, seen);
            assertThat(seen.sorted())
                    .isEqualTo(slotIndex.stream()
                            .filter(entry -> Boxes.contains(boxes.get(entry), 5, 5))
                            .map(entry -> entry.id())
                            .sorted()
                            .toList());
        }
    }
}
