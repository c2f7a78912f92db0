package io.presence.query.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyedListTest {

    private record Element(String key) implements KeyedList.Element<String> {}

    private final SplittableRandom random = Seed.random();
    private final KeyedList<String, Element> list = new KeyedList<>();
    private final Map<String, Element> expected = new HashMap<>();

    /** Up and down, so that it grows and gets smaller more than once. */
    @Test
    void keyedList_afterAnyOperations_agreesWithAMap() {
        for (int target : new int[] {500, 0, 60, 3, 300, 1, 0}) {
            while (expected.size() != target) {
                boolean towards = random.nextInt(4) != 0;
                step(expected.size() < target == towards);
            }
            assertSame();
        }
    }

    private void step(boolean add) {
        String key = "k" + random.nextInt(2_000);
        Element made = new Element(key);
        if (add && expected.putIfAbsent(key, made) == null) {
            list.add(made);
        } else if (!add && list.size() > 0) {
            Element gone = list.get(random.nextInt(list.size()));
            assertThat(expected.remove(gone.key())).isSameAs(gone);
            list.remove(gone.key());
            assertThat(list.find(gone.key())).isNull();
        }
        assertThat(list.find(key)).isSameAs(expected.get(key));
        assertThat(list.size()).isEqualTo(expected.size());
    }

    private void assertSame() {
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            all.add(list.get(i));
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected.values());
        expected.forEach((key, element) -> assertThat(list.find(key)).isSameAs(element));
    }

    @Test
    void remove_whatIsNotThere_isRefusedAndChangesNothing() {
        Element element = new Element("a");
        list.add(element);

        assertThatThrownBy(() -> list.remove("b")).isInstanceOf(IllegalStateException.class);
        assertThat(list.find("a")).isSameAs(element);
        assertThat(list.find(7)).isNull();
        assertThat(list.size()).isEqualTo(1);
    }
}
