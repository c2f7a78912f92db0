package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTableTest {

    private record Element(int key, int hash) {}

    private final SplittableRandom random = Seed.random();
    private final Map<Integer, Element> expected = new HashMap<>();
    private final List<Integer> keys = new ArrayList<>();
    private final ProbeTable<Element> table = new ProbeTable<>() {
        @Override
        protected int hash(Element element) {
            return element.hash();
        }
    };

    /** With few hashes all elements are in a few long runs; at the top of the range these go around the end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1 << 20, 1 << 29})
    void probeTable_afterAnyOperations_agreesWithAHashMap(int hashes) {
        int most = hashes < 64 ? 60 : hashes > 1 << 20 ? 20_000 : 1_000;
        for (int round = 0; round < 4; round++) {
            int target = round % 2 == 0 ? most : 0;
            while (keys.size() != target) {
                boolean towards = random.nextInt(4) != 0;
                step(keys.size() < target == towards, hashes);
            }
            assertSame();
        }
    }

    private void step(boolean add, int hashes) {
        int key = random.nextInt(1 << 30);
        if (add && expected.putIfAbsent(key, new Element(key, -1 - key % hashes)) == null) {
            keys.add(key);
            table.add(expected.get(key));
        } else if (!keys.isEmpty()) {
            int at = random.nextInt(keys.size());
            Element gone = expected.remove(keys.set(at, keys.get(keys.size() - 1)));
            keys.remove(keys.size() - 1);
            table.remove(gone);
            assertThat(find(gone.key(), gone.hash())).isNull();
        }
        int any = random.nextInt(1 << 30);
        assertThat(find(any, -1 - any % hashes)).isSameAs(expected.get(any));
        if (!keys.isEmpty()) {
            Element present = expected.get(keys.get(random.nextInt(keys.size())));
            assertThat(find(present.key(), present.hash())).isSameAs(present);
        }
    }

    private Element find(int key, int hash) {
        int index = table.start(hash);
        while (table.at(index) != null && table.at(index).key() != key) {
            index = table.next(index, hash);
        }
        return table.at(index);
    }

    private void assertSame() {
        assertThat(table.size()).isEqualTo(expected.size());
        expected.values()
                .forEach(element ->
                        assertThat(find(element.key(), element.hash())).isSameAs(element));
        Set<Element> all = new HashSet<>();
        table.forEach(element -> assertThat(all.add(element)).isTrue());
        assertThat(all).isEqualTo(new HashSet<>(expected.values()));
    }

    /** No operation moves more than a run of elements for each of the few places that it goes over. */
    @Test
    @Promise("table-resize")
    void anyOperation_onALargeTable_movesFewElements() {
        int most = 100_000;
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            all.add(new Element(i, random.nextInt()));
            assertFewMoves(() -> table.add(all.get(all.size() - 1)));
        }
        assertThat(table.moves()).as("resizes in steps").isGreaterThan(most);
        for (Element element : all) {
            assertThat(find(element.key(), element.hash())).isSameAs(element);
        }
        for (Element element : all) {
            assertFewMoves(() -> table.remove(element));
        }
        assertThat(table.size()).isZero();
    }

    private void assertFewMoves(Runnable operation) {
        long before = table.moves();
        operation.run();
        assertThat(table.moves() - before).isLessThan(1_024);
    }

    @Test
    void remove_whatIsNotThere_isRefusedAndChangesNothing() {
        table.add(new Element(1, 7));

        assertThatThrownBy(() -> table.remove(new Element(2, 7))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.remove(new Element(1, 8))).isInstanceOf(IllegalStateException.class);
        assertThat(table.size()).isEqualTo(1);
        assertThat(find(1, 7)).isNotNull();
    }
}
