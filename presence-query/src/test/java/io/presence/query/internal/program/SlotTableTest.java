package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTableTest {

    private final SplittableRandom random = Seed.random();
    private final SlotTable<Map<String, ?>> table = new SlotTable<>(SlotTableTest::reader);
    private final Slots slots = new Slots();
    private final List<AttributePath> retained = new ArrayList<>();

    private static AttributeReader<Map<String, ?>> reader(String attribute) {
        return AttributeReader.of(Kind.OBJECT, record -> record.get(attribute));
    }

    /** With 100 keys and up to 400 paths, some maps have far more paths than keys and are gone through by key. */
    @Test
    void fill_anyPaths_agreesWithResolving() {
        int found = 0;
        for (int i = 0; i < 1_500; i++) {
            int target = i % 500 < 400 ? 400 : 0;
            for (int change = 0; change < 8; change++) {
                step(random.nextInt(6) != 0 == retained.size() < target);
            }
            found += assertFilled(record());
        }
        assertThat(found).isGreaterThan(10_000);
        while (!retained.isEmpty()) {
            step(false);
        }
        assertThat(table.used()).isZero();
        assertThat(table.size()).as("slots are used again").isLessThan(300);
    }

    private void step(boolean retain) {
        if (retain) {
            AttributePath path = path();
            retained.add(path);
            assertThat(table.retain(path)).isEqualTo(table.slot(path));
        } else if (!retained.isEmpty()) {
            AttributePath path = retained.set(random.nextInt(retained.size()), retained.get(retained.size() - 1));
            retained.remove(retained.size() - 1);
            table.release(path);
        }
    }

    private int assertFilled(Map<String, ?> record) {
        Set<AttributePath> paths = new HashSet<>(retained);
        assertThat(table.used()).isEqualTo(paths.size());
        table.fill(record, slots);
        Set<Integer> seen = new HashSet<>();
        Set<Integer> notNull = new HashSet<>();
        for (AttributePath path : paths) {
            int slot = table.slot(path);
            Object value = Attributes.of(record).get(path);
            assertThat(seen.add(slot)).isTrue();
            assertThat(slots.type(slot)).as("%s", path).isEqualTo(ValueType.of(value));
            if (value != null) {
                notNull.add(slot);
                assertThat(slots.object(slot)).isSameAs(value);
            }
        }
        assertThat(IntStream.range(0, slots.filledCount()).mapToObj(slots::filled))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(notNull);
        return notNull.size();
    }

    private AttributePath path() {
        String key = "k" + random.nextInt(100);
        return switch (random.nextInt(4)) {
            case 0 -> AttributePath.of("a" + random.nextInt(3));
            case 1 -> AttributePath.of("b", key);
            case 2 -> AttributePath.of("b", key, "k" + random.nextInt(2));
            default -> AttributePath.of("a0", "k" + random.nextInt(5), "x");
        };
    }

    private Map<String, Object> record() {
        Map<String, Object> record = new HashMap<>();
        for (String key : List.of("a0", "a1", "a2")) {
            record.put(key, random.nextBoolean() ? "s" : inner(5, 3));
        }
        if (random.nextInt(8) != 0) {
            record.put("b", random.nextInt(8) == 0 ? null : inner(120, random.nextInt(120)));
        }
        return record;
    }

    private Map<String, Object> inner(int keys, int size) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < size; i++) {
            String key = "k" + random.nextInt(keys);
            switch (random.nextInt(4)) {
                case 0 -> map.put(key, null);
                case 1 -> map.put(key, "v");
                case 2 -> map.put(null, "nothing");
                default -> map.put(key, Map.of("k0", "w", "x", "y"));
            }
        }
        return map;
    }

    @Test
    void retain_afterElements_hasNothingLeftOfThem() {
        AttributePath path = AttributePath.of("x");
        int elementSlot = table.retainElement(0, path);
        table.fill(Map.of(), slots);
        slots.replace(elementSlot, "of an element");
        table.releaseElement(0, path);

        int slot = table.retain(path);
        table.fill(Map.of(), slots);

        assertThat(slots.type(slot)).isEqualTo(ValueType.NULL);
        assertThat(table.used()).isEqualTo(1);
    }

    /** The last slot goes from an element to a record: the number alone does not show it. */
    @Test
    void retain_whereTheLastSlotWasOfAnElement_hasNothingLeftOfIt() {
        AttributePath stays = AttributePath.of("stays");
        AttributePath path = AttributePath.of("x");
        table.retain(stays);
        int elementSlot = table.retainElement(0, path);
        table.fill(Map.of("stays", 1), slots);
        slots.replace(elementSlot, "of an element");
        table.releaseElement(0, path);

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.retain(path)).isEqualTo(elementSlot);
        table.fill(Map.of("stays", 2), slots);
        assertThat(slots.type(elementSlot)).isEqualTo(ValueType.NULL);
        assertThat(slots.word(table.slot(stays))).isEqualTo(2);
    }

    @Test
    void release_theHighestSlots_shrinksAndTheLowestAreUsedAgain() {
        List<AttributePath> paths = IntStream.range(0, 100)
                .mapToObj(i -> AttributePath.of("a", "k" + i))
                .toList();
        paths.forEach(table::retain);
        paths.subList(60, 99).forEach(table::release);
        assertThat(table.size()).isEqualTo(100);
        table.release(paths.get(10));
        table.release(paths.get(5));

        assertThat(table.retain(AttributePath.of("b"))).isEqualTo(5);
        table.release(paths.get(99));
        assertThat(table.size()).isEqualTo(60);
        assertThat(table.used()).isEqualTo(60 - 1);
        assertThat(table.retain(AttributePath.of("c"))).isEqualTo(10);
        assertThat(table.retain(AttributePath.of("d"))).isEqualTo(60);
    }

    @Test
    void retainElement_atEachLevel_isAnotherSlotAndUsedAgain() {
        AttributePath path = AttributePath.of("x");
        int first = table.retainElement(0, path);
        int second = table.retainElement(1, path);
        int third = table.retain(path);

        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(table.retainElement(0, path)).isEqualTo(first);
        table.releaseElement(0, path);
        assertThat(table.elementSlot(0, path)).isEqualTo(first);
        table.releaseElement(0, path);
        assertThat(table.retainElement(1, AttributePath.of("y"))).isEqualTo(first);
        assertThat(table.used()).isEqualTo(3);
    }

    @Test
    void slot_ofAPathThatIsNotRetained_isRefused() {
        table.retain(AttributePath.of("a", "b"));

        assertThatThrownBy(() -> table.slot(AttributePath.of("b"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.release(AttributePath.of("a", "c"))).isInstanceOf(IllegalStateException.class);
        assertThat(table.used()).isEqualTo(1);
    }

    @Test
    void release_aFilter_releasesWhatItRetained() {
        Query.Filter filter = Query.and(
                Query.isNull("a.b"), Query.elemMatch("l", Query.isNull("a"), Query.elemMatch("m", Query.isNull("a"))));
        table.retain(filter);
        assertThat(table.used()).isEqualTo(5);
        table.retain(AttributePath.of("a", "b"));
        table.release(filter);

        assertThat(table.used()).isEqualTo(1);
        assertThat(table.slot(AttributePath.of("a", "b"))).isLessThan(table.size());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "3, 100, 3",
        "64, 2, 64", // so few paths that an iteration of the map costs more
        "65, 2, 2",
        "65, 64, 64",
        "65, 65, 65",
        "65, 66, 65",
    })
    void fill_pathsIntoAMap_costsTheAttributeAndEachPathOrEachKeyIfThoseAreFewer(int paths, int keys, long operations) {
        Map<String, Object> map = new HashMap<>();
        IntStream.range(0, paths).forEach(i -> table.retain(AttributePath.of("a", "k" + i)));
        IntStream.range(0, keys).forEach(i -> map.put("k" + i, i));
        table.fill(Map.of("a", map), slots);

        assertThat(slots.spent()).isEqualTo(1 + operations);
        assertThat(slots.filledCount()).isEqualTo(Math.min(paths, keys));
    }

    @Test
    void release_theLastPathOfAnAttribute_isReadNoMore() {
        AttributePath path = AttributePath.of("a", "b", "c");
        table.retain(path);
        table.retain(AttributePath.of("x"));
        table.release(path);
        table.fill(Map.of("a", Map.of("b", Map.of("c", 1)), "x", 1), slots);

        assertThat(slots.spent()).isEqualTo(1);
        assertThat(slots.filledCount()).isEqualTo(1);
        assertThatThrownBy(() -> table.slot(path)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void used_withFreeSlotsBelowTheHighest_countsTheOthers() {
        table.retainElement(0, AttributePath.of("x"));
        table.retain(AttributePath.of("y"));
        table.retain(AttributePath.of("z"));
        table.releaseElement(0, AttributePath.of("x"));
        table.release(AttributePath.of("y"));

        assertThat(table.size()).isEqualTo(3);
        assertThat(table.used()).isEqualTo(1);
    }
}
