package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueryExceptionTest {

    static Stream<Arguments> echoes() {
        return Stream.of(
                Arguments.of("text", "\"text\""),
                Arguments.of("a\"b\\c", "\"a\\\"b\\\\c\""),
                Arguments.of("line\nline\u0000", "\"line\\u000aline\\u0000\""),
                Arguments.of("\u202e\u2028\ud800", "\"\\u202e\\u2028\\ud800\""),
                Arguments.of("\ud83d\ude00", "\"\ud83d\ude00\""),
                Arguments.of("x".repeat(64), "\"" + "x".repeat(64) + "\""),
                Arguments.of("x".repeat(65), "\"" + "x".repeat(64) + "...\""),
                Arguments.of("x".repeat(63) + "\ud83d\ude00", "\"" + "x".repeat(63) + "...\""),
                Arguments.of(7, "7"),
                Arguments.of(BigInteger.TEN.pow(99), "1" + "0".repeat(63) + "..."),
                Arguments.of(Collections.nCopies(999, "secret"), "list of 999"),
                Arguments.of(Map.of("secret", "x"), "map of 1"),
                Arguments.of(String.class, "java.lang.String"),
                Arguments.of(null, "null"));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void message_longValue_showsABoundedPart(Object value, String echo) {
        assertThat(refusal("$", value)).hasMessage("value must be good: " + echo);
    }

    @Test
    void message_ofANestedQuery_hasThePath() {
        assertThat(refusal("$", 1)).hasMessage("value must be good: 1");
        assertThat(refusal("$.values[0]", 1)).hasMessage("value must be good: 1 (at $.values[0])");
    }

    @Test
    void new_withoutText_hasNoOffset() {
        assertThat(refusal("$", 1).offset()).isEqualTo(-1);
    }

    @Test
    void within_ofAParent_prependsItsPath() {
        QueryException inner = refusal("$.values[0]", 1);

        QueryException outer = inner.at(7).within("$[1]");

        assertThat(outer.path()).isEqualTo("$[1].values[0]");
        assertThat(outer.code()).isEqualTo(QueryException.Code.INVALID_VALUE);
        assertThat(outer.offset()).isEqualTo(7);
        assertThat(outer).hasMessage("value must be good: 1 (at $[1].values[0])");
        assertThat(outer.getStackTrace()).isEqualTo(inner.getStackTrace());
    }

    @Test
    void at_ofAnOffset_setsIt() {
        QueryException at = refusal("$.method", "x").at(12);

        assertThat(at.offset()).isEqualTo(12);
        assertThat(at.path()).isEqualTo("$.method");
    }

    @Test
    void path_ofManyLevels_isBounded() {
        QueryException refusal = refusal("$" + ".values[0]".repeat(1000), 1);

        assertThat(refusal.path()).hasSize(259).endsWith("...");
        assertThat(refusal.within("$[0]").path()).hasSize(259).startsWith("$[0].values[0]");
    }

    @Test
    void method_unknown_isRefusedByName() {
        for (String name : List.of("search", "regex", "EQUAL", "")) {
            Refusals.assertRefused(
                    () -> Method.of(name),
                    QueryException.Code.UNKNOWN_METHOD,
                    "$.method",
                    "method is unknown: \"" + name + "\"");
        }
    }

    private static QueryException refusal(String path, Object value) {
        return new QueryException(QueryException.Code.INVALID_VALUE, path, "value must be good", value);
    }
}
