package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_ATTRIBUTE;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePathTest {

    /* A path comes before those within it, and a surrogate pair after all other characters. */
    @Test
    void compareTo_pathsInOrder_isThatOrder() {
        List<AttributePath> ordered = List.of(
                AttributePath.of("a"),
                AttributePath.of("a", "b"),
                AttributePath.of("a.b"),
                AttributePath.of("b"),
                AttributePath.of("\uFFFD"),
                AttributePath.of("\uD83D\uDE00"));
        List<AttributePath> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ordered);
        assertThat(AttributePath.of("a", "b")).isEqualByComparingTo(AttributePath.parse("a.b"));
    }

    @Test
    void parse_dots_separateKeys() {
        AttributePath path = AttributePath.parse("metadata.cursor.x");

        assertThat(path.segments()).containsExactly("metadata", "cursor", "x");
        assertThat(path.root()).isEqualTo("metadata");
        assertThat(path.size()).isEqualTo(3);
    }

    @Test
    void parse_escapedDot_isPartOfTheKey() {
        assertThat(AttributePath.parse("m.a\\.b").segments()).containsExactly("m", "a.b");
    }

    @Test
    void parse_escapedBackslash_isABackslash() {
        assertThat(AttributePath.parse("a\\\\.b").segments()).containsExactly("a\\", "b");
    }

    @Test
    void parse_number_isAKey() {
        assertThat(AttributePath.parse("list.0").segments()).containsExactly("list", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".a", "a.", "a..b"})
    void parse_emptyKey_isRefused(String text) {
        assertRefused(
                () -> AttributePath.parse(text),
                INVALID_ATTRIBUTE,
                "$",
                "attribute must not have an empty key: \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "\\a", "a\\n.b"})
    void parse_strayBackslash_isRefused(String text) {
        assertRefused(
                () -> AttributePath.parse(text),
                INVALID_ATTRIBUTE,
                "$",
                "attribute must have a dot or a backslash after each backslash: " + "\"" + text.replace("\\", "\\\\")
                        + "\"");
    }

    @Test
    void parse_longestText_isAccepted() {
        assertThat(AttributePath.parse("a".repeat(512)).root()).hasSize(512);
    }

    @Test
    void parse_tooLongText_isRefused() {
        assertRefused(
                () -> AttributePath.parse("a".repeat(513)),
                INVALID_ATTRIBUTE,
                "$",
                "attribute must have at most 512 characters: 513");
    }

    @Test
    void new_keysThatAreTooLongOnlyWithEscapes_areRefused() {
        assertThat(AttributePath.of(".".repeat(256)).toString()).hasSize(512);
        assertRefused(
                () -> AttributePath.of(".".repeat(257)),
                INVALID_ATTRIBUTE,
                "$",
                "attribute must have at most 512 characters: 514");
    }

    @Test
    void new_mostKeys_areAccepted() {
        assertThat(new AttributePath(Collections.nCopies(33, "k")).size()).isEqualTo(33);
    }

    @Test
    void new_tooManyKeys_areRefused() {
        assertRefused(
                () -> new AttributePath(Collections.nCopies(34, "k")),
                INVALID_ATTRIBUTE,
                "$",
                "attribute must have 1 to 33 keys: 34");
    }

    @Test
    void new_noKeys_isRefused() {
        assertRefused(AttributePath::of, INVALID_ATTRIBUTE, "$", "attribute must have 1 to 33 keys: 0");
    }

    @Test
    void new_nullKey_isRefused() {
        assertThatThrownBy(() -> AttributePath.of("a", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void new_list_isCopied() {
        List<String> keys = new ArrayList<>(List.of("a"));
        AttributePath path = new AttributePath(keys);

        keys.set(0, "b");

        assertThat(path).isEqualTo(AttributePath.of("a"));
    }

    @Test
    void toString_dotsAndBackslashes_areEscaped() {
        assertThat(AttributePath.of("m", "a.b", "c\\")).hasToString("m.a\\.b.c\\\\");
    }
}
