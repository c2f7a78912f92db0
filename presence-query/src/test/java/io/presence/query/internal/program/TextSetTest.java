package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextSetTest {

    /** Four of one hash code, and others with smaller and greater ones. */
    private static final List<String> TEXTS = List.of("AaAa", "AaBB", "BBAa", "BBBB", "", "C", "\uffff\uffff", "CCCC");

    @Test
    void find_inEverySetOfTexts_isThePositionOfEqualTexts() {
        assertThat(TEXTS.subList(0, 4)).extracting(String::hashCode).containsOnly("AaAa".hashCode());
        for (int bits = 0; bits < 1 << TEXTS.size(); bits++) {
            List<String> members = members(bits);
            TextSet set = new TextSet(members);
            assertThat(set.size()).isEqualTo(members.size());
            for (String text : TEXTS) {
                int position = set.find(text);
                assertThat(position < 0 ? null : set.get(position))
                        .as("%s in %s", text, members)
                        .isEqualTo(members.contains(text) ? text : null);
            }
        }
    }

    private static List<String> members(int bits) {
        return IntStream.range(0, TEXTS.size())
                .filter(i -> (bits >> i & 1) != 0)
                .mapToObj(TEXTS::get)
                .toList();
    }

    @Test
    void find_duplicates_areOne() {
        List<String> twice = new ArrayList<>(TEXTS);
        twice.addAll(TEXTS);

        assertThat(new TextSet(twice).size()).isEqualTo(TEXTS.size());
    }
}
