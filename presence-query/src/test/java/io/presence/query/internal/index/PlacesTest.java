package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The keys and places of the structures of an index, each apart. */
class PlacesTest {

    private static final int LARGE = 1_639;

    /** Numbers that are their own hashes, so that a number modulo the capacity is its place. */
    private final ProbeTable<Integer> table = new ProbeTable<>() {
        @Override
        protected int hash(Integer element) {
            return element;
        }
    };

    private void add(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(table::add);
    }

    private List<Integer> elements() {
        List<Integer> elements = new ArrayList<>();
        table.forEach(elements::add);
        return elements;
    }

    @Test
    void add_upToALargeTable_movesAllAtOnce() {
        add(1, 12);
        assertThat(table.moves()).isZero();
        add(13, 13);
        assertThat(table.moves()).isEqualTo(12);
        add(14, 820);

        assertThat(table.moves()).isEqualTo(12 + 25 + 51 + 102 + 204 + 409 + 819);
    }

    @Test
    void add_toALargeTable_movesTheElementsOf4Places() {
        add(1, LARGE - 1);
        long moves = table.moves();
        add(LARGE, LARGE);
        assertThat(table.moves()).isEqualTo(moves);
        add(LARGE + 1, LARGE + 199);

        /* 200 additions have visited the last 800 of 2,048 places; the last element is in a new place. */
        assertThat(table.moves() - moves).isEqualTo(LARGE - (2_048 - 800));
        assertThat(elements())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, LARGE + 199).boxed().toList());
    }

    @Test
    void forEach_ofAResizedTable_meetsEachOnce() {
        add(1, 100);
        assertThat(elements())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void remove_belowAnEighth_movesTheRest() {
        List<Integer> numbers = IntStream.rangeClosed(1, 13).boxed().toList();
        numbers.forEach(table::add);
        numbers.subList(4, 13).forEach(table::remove);
        assertThat(table.moves()).isEqualTo(12);
        table.remove(numbers.get(3));
        assertThat(table.moves()).isEqualTo(12 + 3);
        numbers.subList(0, 2).forEach(table::remove);

        assertThat(table.moves()).as("the least capacity").isEqualTo(12 + 3);
        assertThat(elements()).containsExactly(numbers.get(2));
    }

    @Test
    void isAt_ofACell_comparesLevelColumnAndRow() {
        GridLevel level = new GridLevel(3, 3);
        Cell<Entry> cell = new Cell<>(owner -> {}, 0, level, 1, 2);

        assertThat(cell.isAt(level, 1, 2)).isTrue();
        assertThat(cell.isAt(level, 2, 2)).isFalse();
        assertThat(cell.isAt(level, 1, 1)).isFalse();
        assertThat(cell.isAt(new GridLevel(3, 3), 1, 2)).isFalse();
    }

    @Test
    void unuse_ofALevel_isFalseForTheLast() {
        GridLevel level = new GridLevel(3, 3);
        level.use();
        level.use();

        assertThat(level.unuse()).isTrue();
        assertThat(level.unuse()).isFalse();
    }

    @Test
    void size_ofAGrid_isTheNumberOfCells() {
        BoxGrid<Entry> grid = new BoxGrid<>(new KeyHash(7), owner -> {});
        assertThat(grid.size()).isZero();
        grid.add(new Box(0.5, 1, 0.5, 1), () -> new Entry(0));
        grid.add(new Box(100.5, 101, 0.5, 1), () -> new Entry(1));

        assertThat(grid.size()).isEqualTo(2);
        assertThat(BoxGrid.fits(new Box(0, 1, -1e308, 1e308))).isFalse();
        assertThat(BoxGrid.fits(new Box(1e307, 1.1e307, 1e307, 1.1e307))).isTrue();
        assertThat(BoxGrid.fits(new Box(1e308, 1e308, 1e308, 1e308))).isTrue();
    }

    @Test
    void isWord_ofAPostingList_isThatOfALong() {
        ValuePostingList<Entry> number = new ValuePostingList<>(owner -> {}, 3, 5L);

        assertThat(number.isWord(3, 5)).isTrue();
        assertThat(number.isWord(4, 5)).isFalse();
        assertThat(number.isWord(3, 6)).isFalse();
        assertThat(new ValuePostingList<Entry>(owner -> {}, 3, true).isWord(3, 1))
                .isFalse();
    }

    @Test
    void hash_ofStrings_dependsOnEachCharacterAndTheNamespace() {
        KeyHash hashes = new KeyHash(7);
        String text = "abcdefgh";
        for (int i = 0; i < text.length(); i++) {
            String other = text.substring(0, i) + "x" + text.substring(i + 1);
            assertThat(hashes.of(1, other)).isNotEqualTo(hashes.of(1, text));
            assertThat(hashes.ofPrefix(1, other)).isNotEqualTo(hashes.ofPrefix(1, text));
        }
        assertThat(hashes.of(2, text)).isNotEqualTo(hashes.of(1, text));
        assertThat(hashes.ofPrefix(2, text)).isNotEqualTo(hashes.ofPrefix(1, text));
        assertThat(hashes.of(0, 5)).isNotEqualTo(hashes.of(1, 5));
    }

    @Test
    void remove_ofTheOnlyElementOfASlotMap_leavesItEmpty() {
        SlotMap<Integer> map = new SlotMap<>();
        map.put(3, 1);
        map.put(1, 2);
        map.remove(3);
        assertThat(map.isEmpty()).isFalse();
        map.remove(1);

        assertThat(map.isEmpty()).isTrue();
    }
}
