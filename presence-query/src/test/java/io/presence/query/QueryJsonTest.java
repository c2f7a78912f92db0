package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryJsonTest {

    private static final Query ONLINE = Query.equal("status", "online");
    private static final String ONLINE_TEXT = "{'method':'equal','attribute':'status','values':['online']}";

    /** The JSON of each call of the SDK, as observed by running it. */
    static Stream<Arguments> sdk() {
        Object none = null;
        Instant instant = Instant.parse("2026-01-01T00:00:00Z");
        return Stream.of(
                row(ONLINE, ONLINE_TEXT),
                row(Query.equal("status", "a", "b"), "{'method':'equal','attribute':'status','values':['a','b']}"),
                row(Query.equal("n", 1, 2.5, true), "{'method':'equal','attribute':'n','values':[1,2.5,true]}"),
                row(Query.equal("a", none), "{'method':'equal','attribute':'a','values':[null]}"),
                row(Query.equal("o", Map.of("k", 1)), "{'method':'equal','attribute':'o','values':[{'k':1}]}"),
                row(
                        Query.equal("big", 9007199254740993L),
                        "{'method':'equal','attribute':'big','values':[9007199254740993]}"),
                row(Query.notEqual("a", "x"), "{'method':'notEqual','attribute':'a','values':['x']}"),
                row(Query.notEqual("a", "x", "y"), "{'method':'notEqual','attribute':'a','values':['x','y']}"),
                row(Query.lessThan("n", 5), "{'method':'lessThan','attribute':'n','values':[5]}"),
                row(Query.lessThanEqual("n", 5), "{'method':'lessThanEqual','attribute':'n','values':[5]}"),
                row(Query.greaterThan("n", 5), "{'method':'greaterThan','attribute':'n','values':[5]}"),
                row(Query.greaterThanEqual("n", 5), "{'method':'greaterThanEqual','attribute':'n','values':[5]}"),
                row(Query.isNull("a"), "{'method':'isNull','attribute':'a'}"),
                row(Query.isNotNull("a"), "{'method':'isNotNull','attribute':'a'}"),
                row(Query.exists("a", "b"), "{'method':'exists','values':['a','b']}"),
                row(Query.notExists("a"), "{'method':'notExists','values':['a']}"),
                row(Query.between("n", 1, 9), "{'method':'between','attribute':'n','values':[1,9]}"),
                row(Query.notBetween("n", 1, 9), "{'method':'notBetween','attribute':'n','values':[1,9]}"),
                row(Query.startsWith("s", "a"), "{'method':'startsWith','attribute':'s','values':['a']}"),
                row(Query.notStartsWith("s", "a"), "{'method':'notStartsWith','attribute':'s','values':['a']}"),
                row(Query.endsWith("s", "a"), "{'method':'endsWith','attribute':'s','values':['a']}"),
                row(Query.notEndsWith("s", "a"), "{'method':'notEndsWith','attribute':'s','values':['a']}"),
                row(Query.contains("s", "a"), "{'method':'contains','attribute':'s','values':['a']}"),
                row(Query.contains("s", "a", "b"), "{'method':'contains','attribute':'s','values':['a','b']}"),
                row(Query.containsAny("t", "a"), "{'method':'containsAny','attribute':'t','values':['a']}"),
                row(Query.containsAll("t", "a", "b"), "{'method':'containsAll','attribute':'t','values':['a','b']}"),
                row(Query.notContains("s", "a"), "{'method':'notContains','attribute':'s','values':['a']}"),
                row(
                        Query.elemMatch("arr", Query.equal("x", 1)),
                        "{'method':'elemMatch','attribute':'arr','values':["
                                + "{'method':'equal','attribute':'x','values':[1]}]}"),
                row(
                        Query.or(Query.equal("a", 1), Query.isNull("b")),
                        "{'method':'or','values':[{'method':'equal','attribute':'a','values':[1]},"
                                + "{'method':'isNull','attribute':'b'}]}"),
                row(
                        Query.and(Query.equal("a", 1), Query.equal("b", 2)),
                        "{'method':'and','values':[{'method':'equal','attribute':'a','values':[1]},"
                                + "{'method':'equal','attribute':'b','values':[2]}]}"),
                row(
                        Query.createdBefore(instant),
                        "{'method':'lessThan','attribute':'$createdAt','values':['2026-01-01T00:00:00Z']}"),
                row(
                        Query.createdAfter(instant),
                        "{'method':'greaterThan','attribute':'$createdAt','values':['2026-01-01T00:00:00Z']}"),
                row(
                        Query.createdBetween(instant, instant),
                        "{'method':'between','attribute':'$createdAt',"
                                + "'values':['2026-01-01T00:00:00Z','2026-01-01T00:00:00Z']}"),
                row(
                        Query.updatedBefore(instant),
                        "{'method':'lessThan','attribute':'$updatedAt','values':['2026-01-01T00:00:00Z']}"),
                row(
                        Query.updatedAfter(instant),
                        "{'method':'greaterThan','attribute':'$updatedAt','values':['2026-01-01T00:00:00Z']}"),
                row(
                        Query.updatedBetween(instant, instant),
                        "{'method':'between','attribute':'$updatedAt',"
                                + "'values':['2026-01-01T00:00:00Z','2026-01-01T00:00:00Z']}"),
                row(Query.select("*"), "{'method':'select','values':['*']}"),
                row(Query.select("a.b", "c\\.d"), "{'method':'select','values':['a.b','c\\\\.d']}"),
                row(Query.orderAsc("a"), "{'method':'orderAsc','attribute':'a'}"),
                row(Query.orderDesc("a"), "{'method':'orderDesc','attribute':'a'}"),
                row(Query.limit(10), "{'method':'limit','values':[10]}"),
                row(Query.offset(5), "{'method':'offset','values':[5]}"),
                row(Query.cursorAfter("id"), "{'method':'cursorAfter','values':['id']}"),
                row(Query.cursorBefore("id"), "{'method':'cursorBefore','values':['id']}"));
    }

    @ParameterizedTest
    @MethodSource("sdk")
    void parseAndWrite_textOfTheSdk_areInverse(Query query, String json) {
        assertThat(QueryJson.parse(json)).isEqualTo(query);
        assertThat(QueryJson.write(query)).isEqualTo(json);
    }

    @Test
    void texts_ofTheSdk_haveEveryMethod() {
        assertThat(sdk().map(row -> ((Query) row.get()[0]).method())).contains(Method.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search",
                "notSearch",
                "regex",
                "orderRandom",
                "distanceEqual",
                "distanceNotEqual",
                "distanceLessThan",
                "distanceGreaterThan",
                "intersects",
                "notIntersects",
                "crosses",
                "notCrosses",
                "overlaps",
                "notOverlaps",
                "touches",
                "notTouches",
                "vectorDot",
                "vectorCosine",
                "vectorEuclidean"
            })
    void parse_methodThatDoesNotExist_isRefusedByName(String method) {
        Refusals.assertRefused(
                () -> QueryJson.parse(quote("{'method':'" + method + "','attribute':'p','values':[[[1,2],10,true]]}")),
                QueryException.Code.UNKNOWN_METHOD,
                "$.method",
                10,
                "method is unknown: \"" + method + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'attribute':'status','method':'equal','values':['online']}",
                "{'attribute':'status','values':['online'],'method':'equal'}",
                "{'values':['online'],'attribute':'status','method':'equal'}",
                "{'values':['online'],'method':'equal','attribute':'status'}",
                " \t\r\n{ 'method' : 'equal' , 'attribute' : 'status' , 'values' : [ 'online' ] } \n",
                "{'m\\u0065thod':'equ\\u0061l','attribute':'status','values':['onl\\u0069ne']}"
            })
    void parse_otherTextOfTheSameQuery_isTheSameQuery(String json) {
        assertThat(QueryJson.parse(quote(json))).isEqualTo(ONLINE);
    }

    @Test
    void parse_methodsAfterNestedValues_areFound() {
        Query query = QueryJson.parse(quote("{'values':[{'values':[{'values':[{'method':'not a query'}],"
                + "'attribute':'b','method':'equal'}],'method':'or'}],'attribute':'a','method':'elemMatch'}"));

        assertThat(query).isEqualTo(Query.elemMatch("a", Query.or(Query.equal("b", Map.of("method", "not a query")))));
    }

    @Test
    void parse_emptyValuesOfAMethodWithoutAny_areAccepted() {
        assertThat(QueryJson.parse(quote("{'method':'isNull','attribute':'a','values':[]}")))
                .isEqualTo(Query.isNull("a"));
    }

    @Test
    void parse_nestedValues_keepTheirTypesAndOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("", Arrays.asList(1, null, "x"));
        map.put("method", List.of(Map.of(), List.of()));

        Query query = QueryJson.parse(
                quote("{'method':'equal','attribute':'a','values':[[],{'':[1,null,'x'],'method':[{},[]]},false]}"));

        assertThat(query).isEqualTo(Query.equal("a", List.of(), map, false));
    }

    @Test
    void write_charactersThatNeedIt_areEscaped() {
        Query query = Query.equal("a\u0000b", "\"\\/\n\u0001\u007f\u2028\ufeff\ud83d\ude00");

        String json = QueryJson.write(query);

        assertThat(json)
                .isEqualTo("{\"method\":\"equal\",\"attribute\":\"a\\u0000b\","
                        + "\"values\":[\"\\\"\\\\/\\n\\u0001\u007f\u2028\ufeff\ud83d\ude00\"]}");
        assertThat(QueryJson.parse(json)).isEqualTo(query);
    }

    @Test
    void write_loneSurrogates_areReadEitherWayAndWrittenAsEscapes() {
        Query query = Query.equal("a\udc00", "\ud800", "x\ude00\ud83d");
        String raw = quote("{'method':'equal','attribute':'a\udc00','values':['\ud800','x\ude00\ud83d']}");
        String escaped = quote("{'method':'equal','attribute':'a\\udc00','values':['\\ud800','x\\ude00\\ud83d']}");

        assertThat(QueryJson.parse(raw)).isEqualTo(query);
        assertThat(QueryJson.parse(escaped)).isEqualTo(query);
        assertThat(QueryJson.write(query)).isEqualTo(escaped);
    }

    @Test
    void write_loneSurrogateInAKey_isRefused() {
        Refusals.assertRefused(
                () -> QueryJson.write(Query.and(Query.equal("a", 1, Map.of("k", List.of(Map.of("\ud83dl", 1)))))),
                QueryException.Code.INVALID_VALUE,
                "$.values[0].values[1].\"k\"[0]",
                "key must not have half of a surrogate pair: \"\\ud83dl\"");
    }

    @Test
    void parseAll_severalTexts_readsEach() {
        String limit = quote("{'method':'limit','values':[3]}");

        assertThat(QueryJson.parseAll(List.of())).isEmpty();
        assertThat(QueryJson.parseAll(List.of(quote(ONLINE_TEXT), limit))).containsExactly(ONLINE, Query.limit(3));
    }

    @Test
    void parseArray_objectsAndTexts_readsBoth() {
        String text = quote(ONLINE_TEXT);

        assertThat(QueryJson.parseArray(" [ ] ")).isEmpty();
        assertThat(QueryJson.parseArray("[" + text + ",\"" + text.replace("\"", "\\\"") + "\"]"))
                .containsExactly(ONLINE, ONLINE);
    }

    @Test
    void writeArray_severalQueries_writesObjects() {
        assertThat(QueryJson.writeArray(List.of())).isEqualTo("[]");
        assertThat(QueryJson.writeArray(List.of(ONLINE, Query.limit(3))))
                .isEqualTo(quote("[" + ONLINE_TEXT + ",{'method':'limit','values':[3]}]"));
    }

    @Test
    void write_filterOfNoFilters_isRefusedWhereverItIs() {
        assertNotWritten("$", "and", Query.everything());
        assertNotWritten("$", "or", Query.nothing());
        assertNotWritten("$.values[1]", "or", Query.and(ONLINE, Query.nothing()));
        assertNotWritten("$.values[0].values[0]", "and", Query.elemMatch("a", Query.or(Query.everything())));
        Refusals.assertRefused(
                () -> QueryJson.writeArray(List.of(ONLINE, Query.or(Query.everything()))),
                QueryException.Code.NOT_ALLOWED,
                "$[1].values[0]",
                "and must have a filter to be written: list of 0");
    }

    @Test
    void write_nestedDeeperThanAnyTextMayBe_isRefused() {
        QueryLimits limits = Limits.of(1, 1000, 1000, 1, 1, 1 << 20);
        Query deepest = nested(100);

        assertThat(QueryJson.parse(QueryJson.write(deepest, limits), limits)).isEqualTo(deepest);
        Refusals.assertRefused(
                () -> QueryJson.write(nested(1_000_000)),
                QueryException.Code.LIMIT_EXCEEDED,
                "$",
                "query must be nested at most 200 deep as text: 201");
    }

    @Test
    void parse_always_returnsUnmodifiableLists() {
        assertThat(QueryJson.parseAll(List.of(quote(ONLINE_TEXT)))).isUnmodifiable();
        assertThat(QueryJson.parseArray(quote("[" + ONLINE_TEXT + "]"))).isUnmodifiable();
    }

    @Test
    void parse_nullArgument_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> QueryJson.parse(null));
        assertThatNullPointerException().isThrownBy(() -> QueryJson.parse("{}", null));
        assertThatNullPointerException().isThrownBy(() -> QueryJson.parseAll(Collections.singletonList(null)));
        assertThatNullPointerException().isThrownBy(() -> QueryJson.parseArray(null));
        assertThatNullPointerException().isThrownBy(() -> QueryJson.write(null));
        assertThatNullPointerException().isThrownBy(() -> QueryJson.writeArray(Collections.singletonList(null)));
    }

    @Test
    void write_bigInteger_isWrittenInFull() {
        BigInteger big = BigInteger.TEN.pow(30);

        assertThat(QueryJson.write(Query.equal("a", big))).contains("[1" + "0".repeat(30) + "]");
    }

    private static void assertNotWritten(String path, String method, Query query) {
        Refusals.assertRefused(
                () -> QueryJson.write(query),
                QueryException.Code.NOT_ALLOWED,
                path,
                method + " must have a filter to be written: list of 0");
    }

    private static Query nested(int depth) {
        Query query = Query.isNull("a");
        for (int i = 1; i < depth; i++) {
            query = Query.and(query);
        }
        return query;
    }

    private static Arguments row(Query query, String json) {
        return Arguments.of(query, quote(json));
    }

    private static String quote(String json) {
        return json.replace('\'', '"');
    }
}
