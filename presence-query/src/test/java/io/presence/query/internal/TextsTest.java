package io.presence.query.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final String SMILE = "\ud83d\ude00";
    private static final String HIGH = "\ud83d";
    private static final String LOW = "\ude00";

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", SMILE, HIGH, LOW, "\ud83d\ude01")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    private static List<Integer> codePoints(String text) {
        return text.codePoints().boxed().toList();
    }

    @Property(tries = 5000)
    void parts_ofAnyText_areThoseOfTheCodePoints(@ForAll("texts") String text, @ForAll("texts") String part) {
        List<Integer> all = codePoints(text);
        List<Integer> some = codePoints(part);
        int rest = all.size() - some.size();
        assertThat(Texts.contains(text, part)).isEqualTo(Collections.indexOfSubList(all, some) >= 0);
        assertThat(Texts.startsWith(text, part))
                .isEqualTo(rest >= 0 && all.subList(0, some.size()).equals(some));
        assertThat(Texts.endsWith(text, part))
                .isEqualTo(rest >= 0 && all.subList(rest, all.size()).equals(some));
    }

    @Test
    void contains_halfOfAPair_isFoundOnlyAlone() {
        assertThat(Texts.contains("a" + SMILE, HIGH)).isFalse();
        assertThat(Texts.contains(SMILE + HIGH, HIGH)).isTrue();
        assertThat(Texts.contains(SMILE, LOW)).isFalse();
        assertThat(Texts.startsWith(SMILE, HIGH)).isFalse();
        assertThat(Texts.endsWith(SMILE, LOW)).isFalse();
        assertThat(Texts.contains(SMILE, "")).isTrue();
    }
}
