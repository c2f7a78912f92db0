package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The occupancy of a level against a sorted set of slots. */
class OccupancyTest {

    private static final int[] SIZES = {64, 128, 4_096};

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void nextFrom_anyChanges_agreesWithASortedSet(
            @ForAll @IntRange(max = 2) int size, @ForAll @Size(max = 40) List<@IntRange(max = 4_095) Integer> toggled) {
        int slots = SIZES[size];
        Occupancy occupancy = new Occupancy(slots);
        TreeSet<Integer> oracle = new TreeSet<>();
        for (int slot : toggled) {
            toggle(occupancy, oracle, slot % slots);
            checkAll(occupancy, oracle, slots);
        }
        for (int slot : List.copyOf(oracle)) {
            toggle(occupancy, oracle, slot);
        }
        checkAll(occupancy, oracle, slots);
    }

    private static void toggle(Occupancy occupancy, TreeSet<Integer> oracle, int slot) {
        if (oracle.remove(slot)) {
            occupancy.clear(slot);
        } else {
            oracle.add(slot);
            occupancy.set(slot);
        }
    }

    private static void checkAll(Occupancy occupancy, TreeSet<Integer> oracle, int slots) {
        for (int slot = 0; slot < slots; slot++) {
            Integer next = oracle.ceiling(slot);
            int first = oracle.isEmpty() ? Occupancy.NONE : oracle.first();
            int expected = next == null ? first : next;
            if (occupancy.nextFrom(slot) != expected || occupancy.contains(slot) != oracle.contains(slot)) {
                assertThat(occupancy.nextFrom(slot))
                        .as("from %d in %s", slot, oracle)
                        .isEqualTo(expected);
                assertThat(occupancy.contains(slot))
                        .as("%d in %s", slot, oracle)
                        .isEqualTo(oracle.contains(slot));
            }
        }
    }

    @Test
    void nextFrom_pastTheLastSlot_wrapsToAnEarlierSlotOfTheSameWord() {
        Occupancy occupancy = new Occupancy(4_096);
        occupancy.set(640);
        assertThat(occupancy.nextFrom(641)).isEqualTo(640);
    }

    @ParameterizedTest
    @ValueSource(ints = {-64, 0, 32, 65, 96, 8_192})
    void constructor_illegalSize_isRefused(int slots) {
        assertThatThrownBy(() -> new Occupancy(slots))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slots must be a power of 2 from 64 to 4096: " + slots);
    }
}
