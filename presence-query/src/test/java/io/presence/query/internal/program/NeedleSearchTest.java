package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.Texts;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeedleSearchTest {

    private final SplittableRandom random = Seed.random();
    private final Slots slots = new Slots();

    /**
     * Few different characters, so that needles overlap in every way; halves of surrogate pairs among them; the oracle
     * searches for each.
     */
    @Test
    void search_randomNeedlesAndTexts_agreesWithSearchingEach() {
        int all = 0;
        int any = 0;
        for (int i = 0; i < 20_000; i++) {
            Set<String> needles = needles(1 + random.nextInt(6));
            String text = text(random.nextInt(40));
            NeedleSearch search = new NeedleSearch(needles);
            boolean hasAny = needles.stream().anyMatch(needle -> Texts.contains(text, needle));
            boolean hasAll = needles.stream().allMatch(needle -> Texts.contains(text, needle));

            assertThat(search.hasAny(text, slots))
                    .as("any of %s in %s", needles, text)
                    .isEqualTo(hasAny);
            assertThat(search.hasAll(text, slots))
                    .as("all of %s in %s", needles, text)
                    .isEqualTo(hasAll);
            any += hasAny ? 1 : 0;
            all += hasAll ? 1 : 0;
        }
        assertThat(any).isBetween(2_000, 19_000);
        assertThat(all).isBetween(1_000, 19_000);
    }

    private Set<String> needles(int count) {
        Set<String> needles = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            needles.add(text(random.nextInt(7)));
        }
        return needles;
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append("aaaabb\u1234\ud83d\ud83d\ude00\ude00".charAt(random.nextInt(11)));
        }
        return text.toString();
    }

    @Test
    @Promise("needle-search")
    void search_needlesThatNearlyMatchEverywhere_costsTheTextAndTheNeedles() {
        Set<String> needles = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            needles.add("a".repeat(250) + "b" + i);
        }
        String text = "a".repeat(65_000);
        NeedleSearch search = new NeedleSearch(needles);

        assertThat(search.hasAny(text, slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(2 * 65_000);
        slots.resetSpent();
        assertThat(search.hasAll(text, slots)).isFalse();
        assertThat(slots.spent()).isLessThan(2 * 65_000 + 500 * 256);
        assertThat(search.hasAny(text + "b7", slots)).isTrue();
    }

    @Test
    void hasAll_upToTheLastNeedle_costsTheCharactersAndTheVisitedStates() {
        NeedleSearch search = new NeedleSearch(Set.of("ab", "cd"));

        assertThat(search.hasAll("abxcd" + "y".repeat(1_000), slots)).isTrue();
        assertThat(slots.spent()).isEqualTo(2 * 5 + 5);
    }

    @Test
    void hasAll_anEmptyText_costsTheStatesThatAreCleared() {
        assertThat(new NeedleSearch(Set.of("a".repeat(640))).hasAll("", slots)).isFalse();
        assertThat(slots.spent()).isEqualTo(1 + 640 / 64);
    }
}
