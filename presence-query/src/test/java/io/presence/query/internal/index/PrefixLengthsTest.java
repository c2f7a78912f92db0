package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrefixLengthsTest {

    @Test
    void count_anyLengths_agreesWithATreeMap() {
        SplittableRandom random = Seed.random();
        PrefixLengths lengths = new PrefixLengths();
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            int length = random.nextInt(20);
            int more = expected.getOrDefault(length, 0) > 0 && random.nextBoolean() ? -1 : 1;
            lengths.count(length, more);
            expected.merge(length, more, (was, change) -> was + change == 0 ? null : was + change);

            List<Integer> actual = new ArrayList<>();
            for (int rank = 0; rank < lengths.count(); rank++) {
                actual.add(lengths.length(rank));
            }
            assertThat(actual).containsExactlyElementsOf(expected.keySet());
        }
    }
}
