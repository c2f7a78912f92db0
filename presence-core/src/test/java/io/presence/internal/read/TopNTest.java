package io.presence.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The first elements in an order, against sorting everything. */
class TopNTest {

    @Property
    void first_ofAnyElements_isThePrefixOfTheSortedList(
            @ForAll @Size(max = 200) List<@IntRange(max = 500) Integer> elements,
            @ForAll @IntRange(max = 200) int wanted) {
        List<Integer> before = List.copyOf(elements);
        int count = Math.min(wanted, elements.size());
        Comparator<Integer> order = Comparator.reverseOrder();
        assertThat(TopN.first(elements, count, order))
                .isEqualTo(elements.stream().sorted(order).limit(count).toList());
        assertThat(elements).isEqualTo(before);
    }
}
