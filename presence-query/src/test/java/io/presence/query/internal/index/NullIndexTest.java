package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import io.presence.query.internal.program.Slots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NullIndexTest {

    private static final int SLOTS = 8;

    private final SplittableRandom random = Seed.random();
    private final NullIndex<Entry> postings = new NullIndex<>();
    private final Map<Entry, Integer> slotOf = new HashMap<>();

    @Test
    void nullIndex_afterAnyOperations_agreesWithAScan() {
        for (int i = 0; i < 5_000; i++) {
            if (slotOf.isEmpty() || random.nextInt(2) == 0 && slotOf.size() < 20) {
                add(new Entry(i), random.nextInt(SLOTS));
            } else {
                remove(slotOf.keySet().stream().toList().get(random.nextInt(slotOf.size())));
            }
            assertVisits();
            assertThat(postings.size())
                    .isEqualTo((int) slotOf.values().stream().distinct().count());
        }
        List.copyOf(slotOf.keySet()).forEach(this::remove);
        assertThat(postings.size()).isZero();
    }

    private void add(Entry entry, int slot) {
        postings.findOrAdd(slot).add(entry);
        slotOf.put(entry, slot);
        assertThat(entry.postingList()).isSameAs(postings.find(slot));
    }

    private void remove(Entry entry) {
        int slot = slotOf.remove(entry);
        entry.postingList().remove(entry);
        assertThat(postings.find(slot) != null).isEqualTo(slotOf.containsValue(slot));
    }

    private void assertVisits() {
        Slots slots = new Slots();
        boolean[] isNull = new boolean[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            isNull[slot] = random.nextBoolean();
            slots.fill(slot, isNull[slot] ? null : "x");
        }
        Seen seen = new Seen();
        postings.visit(slots, seen);
        assertThat(seen.sorted())
                .isEqualTo(slotOf.entrySet().stream()
                        .filter(entry -> isNull[entry.getValue()])
                        .map(entry -> entry.getKey().id())
                        .sorted()
                        .toList());
    }
}
