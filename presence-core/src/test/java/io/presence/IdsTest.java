package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(14);
        Arbitrary<String> crowded = Arbitraries.of(
                        "%", "2F", "/", ".", "delete", "*", " ", "\\", "\"", "é", "a", "\ud83d\ude00")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(any, crowded)
                .filter(text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    }

    @Provide
    Arbitrary<String> presenceIds() {
        return GrammarArbitraries.presenceIds();
    }

    @Property(tries = 1000)
    void escape_anyText_isAnIdAndReversible(@ForAll("texts") String text) {
        String id = Ids.escape(text);
        assertThat(Ids.unescape(id)).isEqualTo(text);
        assertThat(PresenceUpsert.of(id, id, "online").presenceId()).isEqualTo(id);
        assertThat(Role.parse("label:" + id)).isEqualTo(Role.label(id));
    }

    @Property(tries = 1000)
    void escape_presenceIdWithoutPercent_isUnchanged(@ForAll("presenceIds") String id) {
        Assume.that(!id.contains("%"));
        assertThat(Ids.escape(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a%2Fb",
        "a%2Fb, a%252Fb",
        "*, %2A",
        "**, **",
        "delete, %64elete",
        "a.upsert, a.%75psert",
        ".create, .%63reate",
        "a.delete.b, a.delete.b",
        "undelete, undelete",
        "CONTOSO\\ada, CONTOSO%5Cada",
        "é, %C3%A9",
    })
    void escape_illegalPresenceId_isEscaped(String text, String id) {
        assertThat(Ids.escape(text)).isEqualTo(id);
        assertThat(Ids.unescape(id)).isEqualTo(text);
    }

    @Test
    void escape_reservedAfterOtherScript_escapesTheReservedWord() {
        assertThat(Ids.escape("é.delete")).isEqualTo("%C3%A9.%64elete");
    }

    @Test
    void escape_emptyOrTooLongText_isRefused() {
        assertThat(Ids.escape("/".repeat(42))).hasSize(126);
        assertRefused("text must be 1 to 128 characters when escaped: 129", () -> Ids.escape("/".repeat(43)));
        assertRefused("text must be 1 to 128 characters when escaped: 0", () -> Ids.escape(""));
        assertRefused("text must not have half of a surrogate pair: \"a\ud83d\"", () -> Ids.escape("a\ud83d"));
        assertThatNullPointerException().isThrownBy(() -> Ids.escape(null)).withMessage("text must not be null");
    }

    @ParameterizedTest
    @CsvSource({"%", "a%2", "%2G", "%-1", "%%41", "% 41"})
    void unescape_percentWithoutTwoDigits_isRefused(String id) {
        assertRefused("id must have two hexadecimal digits after each %: \"" + id + "\"", () -> Ids.unescape(id));
    }

    @ParameterizedTest
    @CsvSource({"%FF", "%C3", "%C3A", "%ED%A0%BD"})
    void unescape_illegalUtf8_isRefused(String id) {
        assertRefused("id must be UTF-8 when unescaped: \"" + id + "\"", () -> Ids.unescape(id));
    }
}
