package io.presence.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.internal.table.Keys.Key;
import io.presence.internal.table.Keys.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages that are copied and split, and tables of them. */
class PagedTableTest {

    private static final int UPPER = Integer.MIN_VALUE;

    private final PagedTable<Key, Value> table = Keys.table();

    private static Page<Key, Value> page(int depth, int slots) {
        return new Page<>(Keys.table(), depth, slots);
    }

    private static Value add(Page<Key, Value> page, int hash, int number) {
        Value value = new Value(new Key(hash, number), 0);
        page.compute(value.key(), hash, there -> value);
        return value;
    }

    private static List<Value> values(Page<Key, Value> page) {
        List<Value> values = new ArrayList<>();
        IntStream.range(0, page.capacity())
                .mapToObj(page::value)
                .filter(value -> value != null)
                .forEach(values::add);
        values.addAll(page.overflowValues());
        return values;
    }

    private Value put(int number) {
        Value value = new Value(new Key(number, number), 0);
        assertThat(table.compute(value.key(), there -> value)).isSameAs(value);
        return value;
    }

    /* Halves of 12 slots: with a bound of 7 of them, a full one was sparse, and was copied without end. */
    @Test
    void compute_inPagesOfTheLeastSize_findsEach() {
        PagedTable<Integer, Integer> small = Keys.integers(16);
        for (int key = 0; key < 5_000; key++) {
            int added = key;
            small.compute(key, there -> added);
        }
        assertThat(IntStream.range(0, 5_000))
                .allMatch(key -> Integer.valueOf(key).equals(small.get(key)));
        assertThat(small.iterator()).toIterable().hasSize(5_000);
    }

    @Test
    void half_ofAPage_hasTheHashesWithTheNextBit() {
        Page<Key, Value> full = page(0, 16);
        Value lower = add(full, 1 << 12, 1);
        Value upper = add(full, UPPER | 1 << 12, 2);

        assertThat(values(full.half(false))).containsExactly(lower);
        assertThat(values(full.half(true))).containsExactly(upper);
        assertThat(full.half(true).depth()).isEqualTo(1);
        assertThat(full.half(true).find(upper.key(), UPPER | 1 << 12)).isSameAs(upper);
    }

    @Test
    void half_ofADeeperPage_hasTheHashesWithItsBit() {
        Page<Key, Value> full = page(2, 16);
        int bit = UPPER >>> 2;
        Value lower = add(full, 1 << 12, 1);
        Value upper = add(full, bit | 1 << 12, 2);

        assertThat(values(full.half(false))).containsExactly(lower);
        assertThat(values(full.half(true))).containsExactly(upper);
        assertThat(full.half(false).depth()).isEqualTo(3);
    }

    @Test
    void half_ofAPage_isTheSmallestInWhichItsHashesLeaveRoom() {
        assertThat(capacityOfHalf(0)).isEqualTo(16);
        assertThat(capacityOfHalf(12)).isEqualTo(16);
        assertThat(capacityOfHalf(13)).isEqualTo(20);
        assertThat(capacityOfHalf(15)).isEqualTo(20);
        assertThat(capacityOfHalf(16)).isEqualTo(24);
        assertThat(capacityOfHalf(18)).isEqualTo(24);
        assertThat(capacityOfHalf(19)).isEqualTo(32);
        assertThat(capacityOfHalf(28)).isEqualTo(32);
    }

    private int capacityOfHalf(int values) {
        Page<Key, Value> full = page(0, 32);
        for (int slot = 0; slot < values; slot++) {
            add(full, UPPER | slot << 11, slot);
        }
        return full.half(true).capacity();
    }

    @Test
    void half_ofAPage_hasItsOverflowingValues() {
        Page<Key, Value> full = page(0, 32);
        List<Value> all = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            Value value = new Value(new Key(7, number), 0);
            full.compute(value.key(), PagedTable.hash(value.key()), there -> value);
            all.add(value);
        }
        assertThat(full.overflowValues()).hasSize(2);
        boolean isUpper = PagedTable.hash(7) < 0;

        assertThat(values(full.half(isUpper))).containsExactlyInAnyOrderElementsOf(all);
        assertThat(values(full.half(!isUpper))).isEmpty();
        assertThat(values(full.packed(48))).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void packed_ofAPage_leavesTheTagsOfRemovedValues() {
        Page<Key, Value> full = page(0, 16);
        Value gone = add(full, 3 << 12, 1);
        Value left = add(full, 1 << 16 | 3 << 12, 2);
        full.compute(gone.key(), 3 << 12, there -> null);
        Page<Key, Value> packed = full.packed(16);

        assertThat(packed.value(3)).isSameAs(left);
        assertThat(values(packed)).containsExactly(left);
        assertThat(packed.depth()).isZero();
    }

    @Test
    void hash_ofACode_isThatOfMurmur3() {
        assertThat(PagedTable.hash(1)).isEqualTo(0x514e28b7);
        assertThat(PagedTable.hash(0x12345678)).isEqualTo(0xe37cd1bc);
        assertThat(PagedTable.hash(0)).isEqualTo(1);
        assertThat(PagedTable.hash(new Key(1, 9))).isEqualTo(0x514e28b7);
    }

    @Test
    void readAhead_ofHashes_isTheSumOfTheirSlots() {
        Value one = put(1);
        int hash = PagedTable.hash(1);
        int other = PagedTable.hash(2);

        assertThat(table.readAhead(hash)).isEqualTo(hash + 1);
        assertThat(table.readAhead(new int[] {hash, other, hash}, 2)).isEqualTo(hash + 1);
        assertThat(table.readAhead(new int[] {hash, hash}, 2)).isEqualTo(2 * (hash + 1));
        assertThat(table.readAheadOfRemovals(new int[] {hash, other, hash}, 3)).isEqualTo(2);
        assertThat(table.readAheadOfRemovals(new int[] {hash, hash}, 1)).isEqualTo(1);
        assertThat(table.probable(one.key())).isSameAs(one);
        assertThat(table.probable(new Key(1, 5))).isSameAs(one);
        assertThat(table.probable(new Key(2, 2))).isNull();
    }

    @Test
    void exchange_ofAValue_returnsWhetherItWasThere() {
        Value one = put(1);
        Value next = new Value(one.key(), 1);

        assertThat(table.exchange(one.key(), next, one)).isFalse();
        assertThat(table.exchange(one.key(), one, next)).isTrue();
        assertThat(table.get(one.key())).isSameAs(next);
        assertThat(table.removeNear(PagedTable.hash(1), one)).isFalse();
        assertThat(table.removeNear(PagedTable.hash(1), next)).isTrue();
        assertThat(table.get(one.key())).isNull();
    }

    @Test
    void compute_ofManyKeys_growsAndSplitsThePages() {
        assertThat(table.slots()).isEqualTo(16);
        List<Value> all = new ArrayList<>();
        for (int number = 0; number < 14; number++) {
            all.add(put(number));
        }
        assertThat(table.slots()).isEqualTo(16);
        all.add(put(14));
        assertThat(table.slots()).isEqualTo(20);
        for (int number = 15; number < 2_000; number++) {
            all.add(put(number));
        }

        assertThat(table.slots()).isBetween(2_000L, 4_000L);
        assertThat(all).allMatch(value -> table.get(value.key()) == value);
        assertThat(table.iterator()).toIterable().containsExactlyInAnyOrderElementsOf(all);
        all.forEach(value -> table.compute(value.key(), there -> null));
        assertThat(table.iterator().hasNext()).isFalse();
    }

    @Test
    void compute_ofKeysThatComeAndGo_packsThePage() {
        for (int number = 0; number < 200; number++) {
            Value value = put(number);
            table.removeNear(PagedTable.hash(number), value);
        }

        assertThat(table.slots()).isEqualTo(16);
    }

    @Test
    void compute_ofKeysThatComeAndGoBesideOthers_packsThePage() {
        List<Value> stay = List.of(put(1_000), put(1_001), put(1_002));
        for (int number = 0; number < 200; number++) {
            Value value = put(number);
            table.removeNear(PagedTable.hash(number), value);
        }

        assertThat(table.slots()).isEqualTo(16);
        assertThat(stay).allMatch(value -> table.get(value.key()) == value);
    }

    @Test
    void compute_inAPageOfTheGreatestCapacity_splitsIt() {
        IntStream.range(0, 1_000)
                .filter(code -> PagedTable.hash(code) < 0)
                .limit(29)
                .forEach(this::put);

        /* A page that grew would have 40, and the upper half is as full as the whole. */
        assertThat(table.slots()).isGreaterThan(40);
    }

    @Test
    void compute_ofHashesThatAreAlike_overflowsBeforeTheDirectoryOutgrowsThePages() {
        /* Their hashes have the first 16 bits in common, so no split separates them. */
        List<Key> alike = IntStream.range(0, 20_000_000)
                .filter(code -> PagedTable.hash(code) >>> 16 == 0x1234)
                .limit(60)
                .mapToObj(code -> new Key(code, code))
                .toList();
        assertThat(alike).hasSize(60);
        alike.forEach(key -> table.compute(key, there -> new Value(key, 0)));

        /* Ten splits, each of which leaves a page without values. */
        assertThat(table.slots()).isEqualTo(32 + 10 * 16);
        assertThat(alike).allMatch(key -> table.get(key).key().equals(key));
        assertThat(table.iterator()).toIterable().hasSize(60);
    }

    @Test
    void next_withoutHasNext_returnsEachValueOnce() {
        Value one = put(1);
        Value two = put(2);
        Iterator<Value> pass = table.iterator();
        List<Value> met = new ArrayList<>(List.of(pass.next(), pass.next()));

        assertThat(met).containsExactlyInAnyOrder(one, two);
        assertThat(pass.hasNext()).isFalse();
        assertThat(pass.hasNext()).isFalse();
        assertThatThrownBy(pass::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void iterator_whileThePagesAreSplit_meetsEachValueThatStaysOnce() {
        List<Value> before = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            before.add(put(number));
        }
        Iterator<Value> pass = table.iterator();
        List<Value> met = new ArrayList<>();
        for (int number = 100; number < 2_000; number++) {
            put(number);
            if (number % 40 == 0) {
                met.add(pass.next());
            }
        }
        pass.forEachRemaining(met::add);

        assertThat(met).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void compute_thatThrows_changesNothing() {
        Value one = put(1);
        assertThatThrownBy(() -> table.compute(one.key(), there -> {
                    throw new IllegalStateException("change");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(table.get(one.key())).isSameAs(one);
    }

    @Test
    void get_ofAKeyWithTheHashOfAnother_isByKey() {
        List<Value> same = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            Value value = new Value(new Key(7, number), 0);
            table.compute(value.key(), there -> value);
            same.add(value);
        }
        for (int number = 100; number < 1_000; number++) {
            put(number);
        }

        assertThat(same).allMatch(value -> table.get(value.key()) == value);
        assertThat(table.get(new Key(7, 12))).isNull();
        assertThat(table.iterator()).toIterable().hasSize(912).containsAll(same);
    }
}
