package io.presence.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.internal.table.Keys.Key;
import io.presence.internal.table.Keys.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of a table, each step checked against a {@link TreeMap}. */
class PagedTablePropertyTest {

    private final PagedTable<Key, Value> table = Keys.table();
    private final TreeMap<Key, Value> oracle = new TreeMap<>();
    private int version;

    /** A burst of changes of keys whose numbers follow one another. */
    record Step(Change change, int from, int count, Hashes hashes) {}

    /** A change of one key. */
    enum Change {
        PUT,
        REMOVE_BY_KEY,
        REMOVE_BY_IDENTITY
    }

    /** The derivation of the hash of a key from its number. */
    enum Hashes {
        APART,
        FEW,
        ONE;

        Key key(int number) {
            return switch (this) {
                case APART -> new Key(number * 0x9e3779b9, number);
                case FEW -> new Key(number % 7, -1 - number);
                case ONE -> new Key(0, 100_000 + number);
            };
        }
    }

    @Property(tries = 300)
    void get_afterAnyChanges_returnsTheLastPut(@ForAll("histories") List<Step> history) {
        for (Step step : history) {
            for (int number = step.from(); number < step.from() + step.count(); number++) {
                apply(step.hashes().key(number), step.change());
            }
            check();
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.of(Change.PUT, Change.PUT, Change.REMOVE_BY_KEY, Change.REMOVE_BY_IDENTITY),
                        Arbitraries.integers().between(0, 300),
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.of(Hashes.class))
                .as(Step::new);
        return steps.list().ofMaxSize(12);
    }

    private void apply(Key key, Change change) {
        Value known = oracle.get(key);
        assertThat(table.get(key)).isEqualTo(known);
        if (known != null && change == Change.REMOVE_BY_IDENTITY) {
            assertThat(table.removeNear(PagedTable.hash(key), new Value(key, known.version())))
                    .isFalse();
            if (table.removeNear(PagedTable.hash(key), known)) {
                assertThat(table.get(key)).isNull();
                oracle.remove(key);
                return;
            }
        }
        Value next = change == Change.PUT ? new Value(key, version++) : null;
        Value made = table.compute(key, there -> {
            assertThat(there).isEqualTo(known);
            return next;
        });
        assertThat(made).isEqualTo(next);
        if (next == null) {
            oracle.remove(key);
        } else {
            oracle.put(key, next);
        }
    }

    private void check() {
        oracle.forEach((key, value) -> assertThat(table.get(key)).isSameAs(value));
        assertThat(values()).containsExactlyInAnyOrderElementsOf(oracle.values());
    }

    private List<Value> values() {
        List<Value> values = new ArrayList<>();
        table.iterator().forEachRemaining(values::add);
        return values;
    }

    @Property(tries = 200)
    void iterator_duringChanges_meetsEachElementThatStays(
            @ForAll("histories") List<Step> before, @ForAll("histories") List<Step> meanwhile) {
        before.forEach(this::applyAll);
        List<Value> throughout = new ArrayList<>(oracle.values());
        List<Value> met = new ArrayList<>();
        Iterator<Value> pass = table.iterator();
        for (Step step : meanwhile) {
            for (int i = 0; i < 20 && pass.hasNext(); i++) {
                met.add(pass.next());
            }
            applyAll(step);
            throughout.retainAll(oracle.values());
        }
        pass.forEachRemaining(met::add);
        assertThat(met).doesNotHaveDuplicates().containsAll(throughout);
    }

    private void applyAll(Step step) {
        for (int number = step.from(); number < step.from() + step.count(); number++) {
            apply(step.hashes().key(number), step.change());
        }
    }

    /* All pages are equally full, so with capacities that double they would all be half empty at once. */
    @Example
    void slots_atAnyNumberOfKeys_areFewerThanEightForFive() {
        PagedTable<Integer, Integer> growing = Keys.integers(1024);
        for (int key = 0; key < 40_000; key++) {
            int added = key;
            growing.compute(key, there -> added);
            if (key % 100 == 99 && key > 2_000) {
                assertThat(growing.slots()).isLessThan((key + 1) * 8L / 5);
            }
        }
    }

    /*
     * Presences that come and go at a constant number, whatever it is. Pages were split for the tags of removed ones,
     * and grew by a half at least: then half of the slots were free.
     */
    @ParameterizedTest
    @ValueSource(ints = {20_000, 22_000, 24_000, 26_000, 28_000, 30_000, 32_000, 34_000, 36_000, 38_000})
    void slots_ofKeysThatComeAndGo_areAtMostSeventeenForTen(int live) {
        PagedTable<Integer, Integer> churned = Keys.integers(1024);
        IntStream.range(0, live).forEach(key -> churned.compute(key, there -> key));
        for (int key = live; key < 11 * live; key++) {
            int gone = key - live;
            int added = key;
            if (gone % 2 == 0 || !churned.removeNear(PagedTable.hash(gone), churned.get(gone))) {
                churned.compute(gone, there -> null);
            }
            churned.compute(added, there -> added);
        }

        assertThat(churned.iterator()).toIterable().hasSize(live);
        assertThat((double) live / churned.slots()).isGreaterThan(0.59);
    }

    /* Nearly all searches are that short, and a page that becomes empty is as good as new. */
    @Example
    void removeNear_ofAllValues_findsNearlyEachAndLeavesNone() {
        PagedTable<Integer, Integer> large = Keys.integers();
        List<Integer> keys = IntStream.range(0, 100_000).boxed().toList();
        for (int round = 0; round < 3; round++) {
            keys.forEach(key -> large.compute(key, there -> key));
            long removed = keys.stream()
                    .filter(key -> large.removeNear(PagedTable.hash(key), key))
                    .count();
            assertThat(removed).isBetween(90_000L, 100_000L);
            assertThat(large.iterator()).toIterable().hasSize(100_000 - (int) removed);
            keys.forEach(key -> large.compute(key, there -> null));
            assertThat(keys).allMatch(key -> large.get(key) == null);
        }
    }

    /* Keys that an attacker would choose to make searches long. */
    @Example
    void get_ofKeysWithOneStartPosition_findsEach() {
        PagedTable<Integer, Integer> large = Keys.integers();
        List<Integer> keys = IntStream.range(0, 20_000_000)
                .filter(number -> (PagedTable.hash(number) & 0xffff) / 8 == 5)
                .boxed()
                .toList();
        assertThat(keys).hasSizeGreaterThan(2_000);
        keys.forEach(key -> large.compute(key, there -> key));
        assertThat(keys).allMatch(key -> key.equals(large.get(key)));
        assertThat(large.iterator()).toIterable().containsExactlyInAnyOrderElementsOf(keys);

        keys.forEach(key -> large.compute(key, there -> null));
        assertThat(large.iterator().hasNext()).isFalse();
    }

    @Example
    void compute_thatThrows_changesNothing() {
        Key key = new Key(1, 1);
        apply(key, Change.PUT);
        assertThatThrownBy(() -> table.compute(key, there -> {
                    throw new IllegalStateException("change");
                }))
                .isInstanceOf(IllegalStateException.class);
        check();
    }

    @Example
    void next_afterTheLast_isNoSuchElement() {
        assertThat(table.iterator().hasNext()).isFalse();
        assertThatThrownBy(() -> table.iterator().next()).isInstanceOf(NoSuchElementException.class);
    }
}
