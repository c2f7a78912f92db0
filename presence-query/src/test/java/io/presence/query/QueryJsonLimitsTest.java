package io.presence.query;

import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryJsonLimitsTest {

    private static final String NULL_CHECK = "{'method':'isNull','attribute':'a'}";
    private static final QueryLimits ROOMY = Limits.of(9999, 400, 9999, 9999, 9999, 1 << 20);

    /** Each with one more character, value, level or query than the limit; the mark is where that begins. */
    static Stream<Arguments> tooLarge() {
        return Stream.of(
                row(nested(16, "^" + nested(1, "")), "$" + ".values[0]".repeat(16), "depth must be at most 16: 17"),
                row(
                        nested(1, NULL_CHECK + ("," + NULL_CHECK).repeat(254) + ",^" + NULL_CHECK),
                        "$.values[255]",
                        "nodes must be at most 256: 257"),
                row(equalA("0,".repeat(500) + "^0"), "$.values[500]", "values must be at most 500: 501"),
                row(equalA("[" + "0,".repeat(499) + "^[]]"), "$.values[0][499]", "values must be at most 500: 501"),
                row(
                        equalA("0,".repeat(498) + "{'k':0,'l':^0}"),
                        "$.values[498].\"l\"",
                        "values must be at most 500: 501"),
                row(
                        "{'method':'exists','values':[" + "'a',".repeat(500) + "^'a']}",
                        "$.values[500]",
                        "values must be at most 500: 501"),
                row(
                        "{'method':'limit','values':[" + "1,".repeat(500) + "^1]}",
                        "$.values[500]",
                        "values must be at most 500: 501"),
                row(
                        equalA("[".repeat(16) + "^{}" + "]".repeat(16)),
                        "$.values[0]" + "[0]".repeat(16),
                        "value must be nested at most 16 deep: 17"),
                row(
                        "{'method':'notContains','attribute':'a','values':[1,^'" + "n".repeat(257) + "']}",
                        "$.values[1]",
                        "needle length must be at most 256: 257"),
                row(equalA("^" + "1".repeat(1201)), "$.values[0]", "number must have at most 1200 characters: 1201"),
                row(equalA("^1" + "0".repeat(1101)), "$.values[0]", "value must have at most 3655 bits: 3658"),
                row(equalA("^1e1101"), "$.values[0]", "value must have a scale within 1100: 1101"),
                row(equalA("^1e-1101"), "$.values[0]", "value must have a scale within 1100: 1101"),
                row(equalA("^9e1100"), "$.values[0]", "value must have at most 3655 bits: 3658"),
                row(equalA("^1e2147483647"), "$.values[0]", "value must have a scale within 1100: 2147483647"),
                row(equalA("^0." + "1".repeat(1101)), "$.values[0]", "value must have at most 1100 digits: 1101"),
                row(
                        equalA("^-1e99999999999"),
                        "$.values[0]",
                        "number must have an exponent of 32 bits: \"-1e99999999999\""),
                row(
                        equalA("^" + "1" + "0".repeat(30) + "e2147483647"),
                        "$.values[0]",
                        "number must have an exponent of 32 bits: \"1" + "0".repeat(30) + "e2147483647\""));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void parse_overALimit_isRefusedWhereItIsExceeded(String marked, String path, String message) {
        String json = marked.replace("^", "");

        assertRefused(() -> QueryJson.parse(json), LIMIT_EXCEEDED, path, marked.indexOf('^'), message);
    }

    @Test
    void parse_atEachLimit_isAccepted() {
        List<String> texts = List.of(
                nested(15, NULL_CHECK),
                nested(1, NULL_CHECK + ("," + NULL_CHECK).repeat(254)),
                equalA("0" + ",0".repeat(499)),
                equalA("[" + "0,".repeat(498) + "[]]"),
                equalA("[".repeat(16) + "]".repeat(16)),
                "{'method':'contains','attribute':'a','values':['" + "n".repeat(256) + "']}",
                equalA("'" + "n".repeat(60_000) + "'"),
                equalA("{'" + "n".repeat(60_000) + "':1}"),
                equalA("1" + "0".repeat(1100)),
                equalA("1e1100"),
                equalA("1e-1100"),
                equalA("0." + "1".repeat(1100)));

        assertThat(texts).allSatisfy(text -> QueryLimits.DEFAULT.check(QueryJson.parse(quote(text))));
    }

    @Test
    void parse_otherLimits_areThose() {
        QueryLimits tiny = Limits.of(1, 1, 1, 1, 1, 99);

        assertThat(QueryJson.parse(quote(equalA("1")), tiny)).isEqualTo(Query.equal("a", 1));
        assertThat(QueryJson.parse(quote(nested(90, NULL_CHECK)), ROOMY)).isInstanceOf(Query.Or.class);
        assertRefused(
                () -> QueryJson.parse(quote(equalA("1,2")), tiny),
                LIMIT_EXCEEDED,
                "$.values[1]",
                46,
                "values must be at most 1: 2");
        assertRefused(
                () -> QueryJson.parse(" ".repeat(100), tiny),
                LIMIT_EXCEEDED,
                "$",
                99,
                "text length must be at most 99: 100");
    }

    /** A limit that only the whole text exceeds is reported with a path and without an offset. */
    @Test
    void parse_overALimitOfTheWhole_isRefusedAtTheStart() {
        QueryLimits cheap = QueryLimits.DEFAULT.withOperations(1_000);
        QueryLimits few = QueryLimits.DEFAULT.withTotalValues(2);
        String search = quote("{'method':'contains','attribute':'metadata.a','values':['b']}");
        String pair = quote(equalA("1,2"));

        assertRefused(
                () -> QueryJson.parse(search, cheap),
                LIMIT_EXCEEDED,
                "$",
                0,
                "worst-case operations must be at most 1000: 133129");
        assertRefused(
                () -> QueryJson.parseAll(List.of(pair, search), cheap),
                LIMIT_EXCEEDED,
                "$[1]",
                0,
                "worst-case operations must be at most 1000: 133134");
        assertRefused(
                () -> QueryJson.parseArray("[" + pair + "," + pair + "]", few),
                LIMIT_EXCEEDED,
                "$[1].values",
                0,
                "total values must be at most 2: 4");
    }

    @Test
    void parse_deeperThanAnyLimit_isRefused() {
        QueryLimits bottomless = Limits.of(1, 1 << 30, 1 << 30, 1, 1, 1 << 30);
        String text = "{\"values\":[".repeat(1_000_000);

        assertRefused(
                () -> QueryJson.parse(text, bottomless),
                LIMIT_EXCEEDED,
                "$",
                11 * 100 + 1,
                "text must be nested at most 200 deep: 201");
    }

    @Test
    void parseAll_overALimit_boundsTheTextsTogether() {
        String text = quote(NULL_CHECK);
        String limit = quote("{'method':'limit','values':[1]}");
        QueryLimits lengths = Limits.of(9, 1, 9, 1, 1, 2 * text.length() + 1);
        QueryLimits nodes = Limits.of(9, 1, 2, 1, 1, 999);

        assertThat(QueryJson.parseAll(List.of(text, text), lengths)).hasSize(2);
        assertRefused(
                () -> QueryJson.parseAll(List.of(text, text, limit), lengths),
                LIMIT_EXCEEDED,
                "$[2]",
                1,
                "text length must be at most 71: 101");
        assertRefused(
                () -> QueryJson.parseAll(List.of(text, text, text), nodes),
                LIMIT_EXCEEDED,
                "$[2]",
                0,
                "nodes must be at most 2: 3");
        assertRefused(
                () -> QueryJson.parseAll(Collections.nCopies(101, text)),
                LIMIT_EXCEEDED,
                "$",
                "queries must be at most 100: 101");
    }

    @Test
    void parseArray_overALimit_boundsTheQueriesTogether() {
        String text = quote(NULL_CHECK);
        String many = "[" + (text + ",").repeat(101) + text + "]";
        QueryLimits nodes = Limits.of(9, 1, 2, 1, 1, 999);
        QueryLimits length = Limits.of(9, 1, 9, 1, 1, 9);

        assertRefused(
                () -> QueryJson.parseArray(many),
                LIMIT_EXCEEDED,
                "$",
                1 + 100 * (text.length() + 1),
                "queries must be at most 100: 101");
        assertRefused(
                () -> QueryJson.parseArray("[" + text + "," + text + "," + text + "]", nodes),
                LIMIT_EXCEEDED,
                "$[2]",
                1 + 2 * (text.length() + 1),
                "nodes must be at most 2: 3");
        assertRefused(
                () -> QueryJson.parseArray("[" + text + "]", length),
                LIMIT_EXCEEDED,
                "$",
                9,
                "text length must be at most 9: 37");
    }

    /**
     * The most costly texts: the bounds are several times what was seen, and far below what no limit at all would cost.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"values\":[",
                "{\"values\":[{\"a\":",
                "{\"method\":\"and\",\"values\":[",
                "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[[",
                "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[9e1100,",
                "{\"values\":[9e1100,",
                "9",
                "\"",
                "\\u0000"
            })
    void parse_hostileText_allocatesLittle(String part) {
        String text = part.repeat(65536 / part.length());
        String within = "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[\"";
        String filled = within + text.substring(within.length());

        for (String hostile : List.of(text, "[" + text.substring(1), filled)) {
            parseRefused(hostile);
            long allocated = Allocation.bytes(() -> parseRefused(hostile));
            assertThat(allocated).isLessThan(1 << 20);
        }
    }

    @Test
    void parse_methodsAfterLongValues_copiesThemOnce() {
        String leaf = quote(equalA("'" + "x".repeat(60_000) + "'"));
        String text = "{\"values\":[".repeat(15) + leaf + "],\"method\":\"or\"}".repeat(15);
        Runnable parse = () -> assertThat(QueryJson.parse(text)).isInstanceOf(Query.Or.class);
        parse.run();

        assertThat(Allocation.bytes(parse)).isLessThan(1 << 20);
    }

    private static void parseRefused(String text) {
        int refusals = 0;
        try {
            QueryJson.parse(text);
        } catch (QueryException e) {
            refusals++;
        }
        try {
            QueryJson.parseArray(text);
        } catch (QueryException e) {
            refusals++;
        }
        assertThat(refusals).isEqualTo(2);
    }

    private static String nested(int depth, String innermost) {
        String open = "{'method':'or','values':[";
        return open.repeat(depth) + innermost + "]}".repeat(depth);
    }

    private static String equalA(String values) {
        return "{'method':'equal','attribute':'a','values':[" + values + "]}";
    }

    private static Arguments row(String marked, String path, String message) {
        return Arguments.of(quote(marked), path, message);
    }

    private static String quote(String json) {
        return json.replace('\'', '"');
    }
}
