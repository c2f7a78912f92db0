package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_ATTRIBUTE;
import static io.presence.query.QueryException.Code.INVALID_VALUE;
import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.QueryException.Code.MALFORMED;
import static io.presence.query.QueryException.Code.NOT_ALLOWED;
import static io.presence.query.QueryException.Code.UNKNOWN_METHOD;
import static io.presence.query.QueryException.Code.WRONG_COUNT;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal of a text: the code, the path, and the offset, which the texts here mark. */
class QueryJsonErrorsTest {

    private static final String MARK = "^";

    static Stream<Arguments> refusals() {
        return Stream.of(
                // the shape
                row("^[]", MALFORMED, "$", "query must be an object: \"[]\""),
                row("^'x'", MALFORMED, "$", "query must be an object: \"\\\"x\\\"\""),
                row("^null", MALFORMED, "$", "query must be an object: \"null\""),
                row("^", MALFORMED, "$", "query must be an object: \"\""),
                row(" \n^", MALFORMED, "$", "query must be an object: \"\""),
                row(" ^{}", MALFORMED, "$", "query must have a method: \"{}\""),
                row(
                        "^{'attribute':'a'}",
                        MALFORMED,
                        "$",
                        "query must have a method: \"{\\\"attribute\\\":\\\"a\\\"}\""),
                row("^{'values':[1]}", MALFORMED, "$", "query must have a method: \"{\\\"values\\\":[1]}\""),
                row("{'method':^7}", MALFORMED, "$.method", "method must be a string: \"7}\""),
                row("{'method':^null}", MALFORMED, "$.method", "method must be a string: \"null}\""),
                row("{'method':^{}}", MALFORMED, "$.method", "method must be a string: \"{}}\""),
                row("{'values':[],'method':^[]}", MALFORMED, "$.method", "method must be a string: \"[]}\""),
                row("{'method':^'Equal'}", UNKNOWN_METHOD, "$.method", "method is unknown: \"Equal\""),
                row("{'values':[{}],'method':^''}", UNKNOWN_METHOD, "$.method", "method is unknown: \"\""),
                row("{'method':'and','values':^{}}", MALFORMED, "$.values", "values must be an array: \"{}}\""),
                row("{'values':^null}", MALFORMED, "$.values", "values must be an array: \"null}\""),
                row("{'attribute':^['a']}", MALFORMED, "$.attribute", "attribute must be a string: \"[\\\"a\\\"]}\""),
                row("{'attribute':^null}", MALFORMED, "$.attribute", "attribute must be a string: \"null}\""),
                row("{^'where':1}", MALFORMED, "$", "key must be method, attribute or values: \"where\""),
                row("{'method':'isNull',^'method':'isNull'}", MALFORMED, "$", "key must be given once: \"method\""),
                row("{'values':[],'method':'or',^'values':[]}", MALFORMED, "$", "key must be given once: \"values\""),
                row("{'attribute':'a',^'attribute':'a'}", MALFORMED, "$", "key must be given once: \"attribute\""),
                row(
                        "{'method':'isNull','attribute':'a'} ^{}",
                        MALFORMED,
                        "$",
                        "text must end after its query or array: \"{}\""),
                row(equalA("{'k':1,^'k':1}"), MALFORMED, "$.values[0]", "key must be given once: \"k\""),
                row(
                        equalA("{^'\ud83d':1}"),
                        MALFORMED,
                        "$.values[0]",
                        "key must not have half of a surrogate pair: \"\\ud83d\""),
                row("{'method':'and','values':[^7]}", MALFORMED, "$.values[0]", "query must be an object: \"7]}\""),
                row(
                        "{'method':'or','values':[^'{}']}",
                        MALFORMED,
                        "$.values[0]",
                        "query must be an object: \"\\\"{}\\\"]}\""),
                // attributes
                row(" ^{'method':'equal','values':[1]}", MALFORMED, "$", "query must have an attribute: \"equal\""),
                row("^{'method':'isNull'}", MALFORMED, "$", "query must have an attribute: \"isNull\""),
                row("^{'method':'orderAsc'}", MALFORMED, "$", "query must have an attribute: \"orderAsc\""),
                row(
                        "^{'method':'elemMatch','values':[{'method':'isNull','attribute':'a'}]}",
                        MALFORMED,
                        "$",
                        "query must have an attribute: \"elemMatch\""),
                row(
                        "{'method':'exists','attribute':^'a','values':['b']}",
                        MALFORMED,
                        "$.attribute",
                        "exists must not have an attribute: \"a\""),
                row(
                        "{'attribute':^'a','method':'limit','values':[1]}",
                        MALFORMED,
                        "$.attribute",
                        "limit must not have an attribute: \"a\""),
                row(
                        "{'method':'and','attribute':^'a','values':[{'method':'isNull','attribute':'b'}]}",
                        MALFORMED,
                        "$.attribute",
                        "and must not have an attribute: \"a\""),
                row(
                        "{'method':'isNull','attribute':^'a..b'}",
                        INVALID_ATTRIBUTE,
                        "$.attribute",
                        "attribute must not have an empty key: \"a..b\""),
                row(
                        "{'method':'exists','values':['a', ^'']}",
                        INVALID_ATTRIBUTE,
                        "$.values[1]",
                        "attribute must not have an empty key: \"\""),
                row("{'method':'exists','values':[^7]}", INVALID_VALUE, "$.values[0]", "attribute must be a string: 7"),
                row(
                        "{'method':'select','values':['*', ^[1,2]]}",
                        INVALID_VALUE,
                        "$.values[1]",
                        "attribute must be a string: list of 2"),
                row(
                        "{'method':'select','values':[^'a\\\\x']}",
                        INVALID_ATTRIBUTE,
                        "$.values[0]",
                        "attribute must have a dot or a backslash after each backslash: \"a\\\\x\""),
                // values
                row(
                        "{'method':'containsAll','attribute':'a','values':^[]}",
                        WRONG_COUNT,
                        "$.values",
                        atLeastOne("containsAll")),
                row("^{'method':'notContains','attribute':'a'}", WRONG_COUNT, "$.values", atLeastOne("notContains")),
                row("^{'method':'equal','attribute':'a'}", WRONG_COUNT, "$.values", atLeastOne("equal")),
                row("{'method':'and','values':^[]}", WRONG_COUNT, "$.values", atLeastOne("and")),
                row("^{'method':'or'}", WRONG_COUNT, "$.values", atLeastOne("or")),
                row(
                        "{'method':'elemMatch','attribute':'a','values':^[]}",
                        WRONG_COUNT,
                        "$.values",
                        atLeastOne("elemMatch")),
                row(
                        "{'method':'isNull','attribute':'a','values':^[1]}",
                        WRONG_COUNT,
                        "$.values",
                        "isNull must have exactly 0 values: 1"),
                row(
                        "{'method':'orderAsc','attribute':'a','values':^[1]}",
                        WRONG_COUNT,
                        "$.values",
                        "orderAsc must have exactly 0 values: 1"),
                row(
                        "{'method':'between','attribute':'a','values':^[1,2,3]}",
                        WRONG_COUNT,
                        "$.values",
                        "between must have exactly 2 values: 3"),
                row(
                        "{'method':'limit','values':^['a','b']}",
                        WRONG_COUNT,
                        "$.values",
                        "limit must have exactly 1 value: 2"),
                row("{'method':'limit','values':[^0]}", INVALID_VALUE, "$.values[0]", "limit must be 1 to 5000: 0"),
                row(
                        "{'method':'limit','values':[^4294967297]}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "limit must be an integer of 32 bits: 4294967297"),
                row(
                        "{'method':'limit','values':[^1.0]}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "limit must be an integer of 32 bits: 1.0"),
                row(
                        "{'method':'offset','values':[^'5']}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "offset must be an integer of 32 bits: \"5\""),
                row(
                        "{'method':'offset','values':[ ^-1]}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "offset must not be negative: -1"),
                row(
                        "{'method':'cursorAfter','values':[^7]}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "cursorAfter must be a string: 7"),
                row(
                        "{'method':'cursorBefore','values':[^'']}",
                        INVALID_VALUE,
                        "$.values[0]",
                        "cursorBefore must have 1 to 12000 characters: 0"),
                row(
                        "{'method':'and','values':[{'method':'isNull','attribute':'a'},"
                                + " ^{'method':'limit','values':[1]}]}",
                        NOT_ALLOWED,
                        "$.values[1]",
                        "filter must not be a list option: \"limit\""),
                // deep within
                row(
                        "{'method':'or','values':[{'method':'isNull','attribute':'a'},"
                                + "{'values':[{'method':^'search'}],'method':'and'}]}",
                        UNKNOWN_METHOD,
                        "$.values[1].values[0].method",
                        "method is unknown: \"search\""),
                row(
                        equalA("1,{'k':[0,{'l\\n':^1e9999}]}"),
                        LIMIT_EXCEEDED,
                        "$.values[1].\"k\"[1].\"l\\u000a\"",
                        "value must have a scale within 1100: 9999"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void parse_invalidText_isRefused(String marked, QueryException.Code code, String path, String message) {
        String json = marked.replace(MARK, "");

        assertRefused(() -> QueryJson.parse(json), code, path, marked.indexOf(MARK), message);
    }

    /** The mark is where the tokenizer stops: at what is wrong or after it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\ufeff{}",
                "\0^{}",
                "{^\u2019method\u2019:1}",
                "{^method:'isNull'}",
                "{^,}",
                "{'method':'limit','values':[1],^}",
                "{'method':'limit','values':[1,^]}",
                "{'method' ^'limit'}",
                "{'method':'limit' ^'values':[1]}",
                "{'method':'limit',^/* c */'values':[1]}",
                "{'method':'limit',^// c\n'values':[1]}",
                "{'method':'limit','values':[^`1`]}",
                "{'method':'equal','attribute':'a','values':['^\0']}",
                "{'method':'equal','attribute':'a','values':['^\n']}",
                "{'method':'equal','attribute':'a','values':['\\^q']}",
                "{'method':'equal','attribute':'a','values':['\\u12^']}",
                "{'method':'equal','attribute':'a','values':[NaN^]}",
                "{'method':'equal','attribute':'a','values':[Infinity^]}",
                "{'method':'equal','attribute':'a','values':[-Infinity^]}",
                "{'method':'equal','attribute':'a','values':[^undefined]}",
                "{'method':'equal','attribute':'a','values':[^True]}",
                "{'method':'equal','attribute':'a','values':[0^1]}",
                "{'method':'equal','attribute':'a','values':[1^.]}",
                "{'method':'equal','attribute':'a','values':[^.5]}",
                "{'method':'equal','attribute':'a','values':[+^1]}",
                "{'method':'equal','attribute':'a','values':[1^e]}",
                "{'method':'equal','attribute':'a','values':[0^x10]}",
                "{'method':'equal','attribute':'a','values':[1^}}",
                "{'method':'equal','attribute':'a','values':[{'\\ud83d^':1}]}",
                "{'method':'isNull','attribute':'a'}^}",
                "{'method':'isNull','attribute':'a'}\0^",
                "{'method':'isNull','attribute':'a'} ^x",
                "{'method':'isNull','attribute':'a'^",
                "{'method':'equal','attribute':'a','values':[^",
                "{'values':[{'values':[1],'method':'equal'^",
                "{'method':'isNull','attribute':'a^"
            })
    void parse_textThatIsNotJson_isRefused(String marked) {
        String json = quote(marked).replace(MARK, "");

        QueryException refusal = catchThrowableOfType(QueryException.class, () -> QueryJson.parse(json));

        assertThat(refusal.code()).isEqualTo(MALFORMED);
        assertThat(refusal).hasMessageStartingWith("text must be JSON: \"");
        assertThat(refusal.offset()).isEqualTo(marked.indexOf(MARK));
    }

    @Test
    void parse_singleQuotes_areRefused() {
        assertRefused(
                () -> QueryJson.parse("{'method':'isNull','attribute':'a'}"),
                MALFORMED,
                "$",
                1,
                "text must be JSON: \"{'method':'isNull','attribute':'a'}\"");
    }

    @Test
    void parse_textThatIsNotJson_showsTheTextAround() {
        assertRefused(
                () -> QueryJson.parse("[".repeat(10) + "x".repeat(100)),
                MALFORMED,
                "$",
                0,
                "query must be an object: \"" + "[".repeat(10) + "x".repeat(54) + "...\"");
        assertRefused(
                () -> QueryJson.parse(quote("{'method':'isNull','attribute':'a'}") + "x".repeat(100)),
                MALFORMED,
                "$",
                35,
                "text must be JSON: \"\\\"attribute\\\":\\\"a\\\"}" + "x".repeat(48) + "...\"");
    }

    @Test
    void parseArray_invalidQuery_isRefusedWithItsNumber() {
        assertRefusedArray("^{}", MALFORMED, "$", "queries must be an array: \"{}\"");
        assertRefusedArray("[] ^7", MALFORMED, "$", "text must end after its query or array: \"7\"");
        assertRefusedArray("[^7]", MALFORMED, "$[0]", "query must be an object: \"7]\"");
        assertRefusedArray("[^[]]", MALFORMED, "$[0]", "query must be an object: \"[]]\"");
        assertRefusedArray(
                "[{'method':'limit','values':[1]}, {'method':'limit','values':[^0]}]",
                INVALID_VALUE,
                "$[1].values[0]",
                "limit must be 1 to 5000: 0");
        assertRefusedArray(
                "[{'method':'limit','values':[1]}, ^'{\\'method\\':\\'and\\'}']",
                WRONG_COUNT,
                "$[1].values",
                atLeastOne("and"));
        assertRefusedArray("[^'[]']", MALFORMED, "$[0]", "query must be an object: \"[]\"");
        assertRefusedArray("[^'\\'{}\\'']", MALFORMED, "$[0]", "query must be an object: \"\\\"{}\\\"\"");
    }

    @Test
    void parseAll_invalidText_isRefusedWithItsNumber() {
        List<String> texts =
                List.of(quote("{'method':'limit','values':[1]}"), quote("{'method':'limit','values':[0]}"));

        assertRefused(
                () -> QueryJson.parseAll(texts), INVALID_VALUE, "$[1].values[0]", 28, "limit must be 1 to 5000: 0");
        assertRefused(() -> QueryJson.parseAll(List.of("")), MALFORMED, "$[0]", 0, "query must be an object: \"\"");
    }

    private static void assertRefusedArray(String marked, QueryException.Code code, String path, String message) {
        String json = quote(marked).replace(MARK, "");

        assertRefused(() -> QueryJson.parseArray(json), code, path, marked.indexOf(MARK), message);
    }

    private static Arguments row(String marked, QueryException.Code code, String path, String message) {
        return Arguments.of(quote(marked), code, path, message);
    }

    private static String equalA(String values) {
        return "{'method':'equal','attribute':'a','values':[" + values + "]}";
    }

    private static String atLeastOne(String method) {
        return method + " must have at least 1 value: 0";
    }

    private static String quote(String json) {
        return json.replace('\'', '"');
    }
}
