package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_VALUE;
import static io.presence.query.QueryException.Code.NOT_ALLOWED;
import static io.presence.query.QueryException.Code.UNKNOWN_ATTRIBUTE;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuerySchemaTest {

    private static final QuerySchema SCHEMA = QuerySchema.builder()
            .attribute("status", QuerySchema.Kind.STRING)
            .attribute("$createdAt", QuerySchema.Kind.TIMESTAMP)
            .attribute("count", QuerySchema.Kind.NUMBER)
            .attribute("open", QuerySchema.Kind.BOOLEAN)
            .attribute("metadata", QuerySchema.Kind.OBJECT)
            .build();

    private static final QuerySchema TYPED = QuerySchema.builder()
            .attribute("status", QuerySchema.Kind.STRING)
            .attribute("count", QuerySchema.Kind.NUMBER)
            .attribute("open", QuerySchema.Kind.BOOLEAN)
            .attribute("$createdAt", QuerySchema.Kind.TIMESTAMP)
            .attribute("list", QuerySchema.Kind.LIST)
            .build();
    private static final String UNKNOWN = "attribute must be one of status, $createdAt, count, open, metadata: ";

    static Stream<Query> fitting() {
        return Stream.of(
                Query.equal("status", "online", null),
                Query.notEqual("count", 7),
                Query.equal("open", true),
                Query.isNull("metadata"),
                Query.equal("metadata.cursor.x", 7),
                Query.exists("status", "metadata.x"),
                Query.elemMatch("metadata.list", Query.equal("anything", 1)),
                Query.or(Query.isNull("status"), Query.and(Query.isNull("count"))),
                Query.createdBefore(Instant.EPOCH),
                Query.between("$createdAt", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5+01:00"),
                Query.isNotNull("$createdAt"),
                Query.orderAsc("metadata.x"),
                Query.select("*"),
                Query.select("status", "metadata.x"),
                Query.limit(1));
    }

    static Stream<Arguments> namingAnUnknownAttribute() {
        return Stream.of(
                Arguments.of(Query.equal("no", 1), "$.attribute"),
                Arguments.of(Query.isNull("no"), "$.attribute"),
                Arguments.of(Query.exists("status", "no"), "$.values[1]"),
                Arguments.of(Query.elemMatch("no", Query.isNull("status")), "$.attribute"),
                Arguments.of(Query.and(Query.isNull("status"), Query.isNull("no")), "$.values[1].attribute"),
                Arguments.of(Query.or(Query.and(Query.isNull("no"))), "$.values[0].values[0].attribute"),
                Arguments.of(Query.orderDesc("no"), "$.attribute"),
                Arguments.of(Query.select("status", "no"), "$.values[1]"));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void check_fittingQuery_isAccepted(Query query) {
        assertThatCode(() -> SCHEMA.check(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("namingAnUnknownAttribute")
    void check_unknownAttribute_isRefused(Query query, String path) {
        assertRefused(() -> SCHEMA.check(query), UNKNOWN_ATTRIBUTE, path, UNKNOWN + "\"no\"");
    }

    @Test
    void check_keyWithinAString_isRefused() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("status.x", 1)),
                UNKNOWN_ATTRIBUTE,
                "$.attribute",
                "attribute must end at status, which is a string: \"status.x\"");
    }

    @Test
    void check_keyWithADot_isNotAKeyWithin() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("metadata\\.x", 1)),
                UNKNOWN_ATTRIBUTE,
                "$.attribute",
                UNKNOWN + "\"metadata\\\\.x\"");
    }

    @Test
    void check_timestampAgainstAnotherString_isRefused() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("$createdAt", "2026-01-01T00:00:00")),
                INVALID_VALUE,
                "$.values[0]",
                "value must be an RFC 3339 date-time such as 2026-01-01T00:00:00Z: \"2026-01-01T00:00:00\"");
        assertRefused(
                () -> SCHEMA.check(Query.notEqual("$createdAt", 7, "soon")),
                INVALID_VALUE,
                "$.values[1]",
                "value must be an RFC 3339 date-time such as 2026-01-01T00:00:00Z: \"soon\"");
    }

    static Stream<Arguments> valuesOfAnotherKind() {
        return Stream.of(
                row(Query.equal("status", "online", 7)),
                row(Query.equal("status", 7), "equal status 7"),
                row(Query.notEqual("status", true)),
                row(Query.contains("status", "on", 1)),
                row(Query.containsAll("status", "on", 1), "containsAll status \"on\", 1"),
                row(Query.startsWith("status", null), "startsWith status null"),
                row(Query.greaterThan("count", "7"), "greaterThan count \"7\""),
                row(Query.between("count", 1, null), "between count 1, null"),
                row(Query.notBetween("count", 1, "2")),
                row(Query.equal("open", "true"), "equal open \"true\""),
                row(Query.equal("list", 1), "equal list 1"),
                row(Query.contains("list", 1)),
                row(Query.equal("$createdAt", 7), "equal $createdAt 7"),
                row(Query.lessThan("$createdAt", null), "lessThan $createdAt null"),
                row(Query.equal("count", "a", "b", "c", "d", "e"), "equal count \"a\", \"b\", \"c\", \"d\" and 1 more"),
                row(Query.and(Query.isNull("status"), Query.equal("status", 7)), "equal status 7"),
                row(Query.or(Query.isNull("status"), Query.equal("status", 7)), "equal status 7"),
                row(Query.or(Query.equal("open", 1), Query.equal("status", 7)), "equal open 1", "equal status 7"),
                row(Query.elemMatch("list", Query.equal("status", (Object) null)), "equal status null"),
                row(Query.elemMatch("list", Query.equal("status", 7))));
    }

    private static Arguments row(Query.Filter filter, String... impossible) {
        return Arguments.of(filter, List.of(impossible));
    }

    @ParameterizedTest
    @MethodSource("valuesOfAnotherKind")
    void check_valueOfAnotherKind_isLegalAndKnownToHoldNever(Query.Filter filter, List<String> parts) {
        assertThatCode(() -> TYPED.check(filter)).doesNotThrowAnyException();
        assertThat(ImpossibleParts.of(filter, root -> TYPED.kind(root).orElseThrow()))
                .isEqualTo(parts);
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of(
                        Query.lessThan("open", true),
                        "lessThan must be on a string, number, timestamp, and open is a boolean: \"open\""),
                Arguments.of(
                        Query.notBetween("list", 1, 2),
                        "notBetween must be on a string, number, timestamp, and list is a list: \"list\""),
                Arguments.of(
                        Query.endsWith("count", "7"), "endsWith must be on a string, and count is a number: \"count\""),
                Arguments.of(
                        Query.notStartsWith("$createdAt", "2"),
                        "notStartsWith must be on a string, and $createdAt is a timestamp: \"$createdAt\""),
                Arguments.of(
                        Query.containsAll("count", 7),
                        "containsAll must be on a string, list, and count is a number: \"count\""),
                Arguments.of(
                        Query.elemMatch("status", Query.isNull("a")),
                        "elemMatch must be on a list, and status is a string: \"status\""));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void check_methodThatKindDoesNotHave_isRefused(Query query, String message) {
        assertRefused(() -> TYPED.check(query), NOT_ALLOWED, "$.method", message);
    }

    @Test
    void check_manyAttributes_namesTheFirstOfThem() {
        QuerySchema.Builder builder = QuerySchema.builder();
        for (int i = 10; i < 30; i++) {
            builder.attribute("a" + i, QuerySchema.Kind.STRING);
        }
        QuerySchema schema = builder.build();
        assertRefused(
                () -> schema.check(Query.isNull("b")),
                UNKNOWN_ATTRIBUTE,
                "$.attribute",
                "attribute must be one of a10, a11, a12, a13, a14, a15, a16, a17,"
                        + " a18, a19, a20, a21, a22, a23, a24, a25"
                        + " and 4 more: \"b\"");
    }

    @Test
    void check_list_saysWhichQuery() {
        assertRefused(
                () -> SCHEMA.check(List.of(Query.isNull("status"), Query.isNull("no"))),
                UNKNOWN_ATTRIBUTE,
                "$[1].attribute",
                UNKNOWN + "\"no\"");
    }

    @Test
    void kind_ofAnAttribute_isTheDeclaredOne() {
        assertThat(SCHEMA.kind("status")).contains(QuerySchema.Kind.STRING);
        assertThat(SCHEMA.kind("no")).isEmpty();
    }

    @Test
    void attribute_twice_isRefused() {
        QuerySchema.Builder builder = QuerySchema.builder().attribute("a", QuerySchema.Kind.STRING);

        assertThatThrownBy(() -> builder.attribute("a", QuerySchema.Kind.NUMBER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute must be given once: \"a\"");
    }

    @Test
    void build_laterAttributes_doNotChangeIt() {
        QuerySchema.Builder builder = QuerySchema.builder();
        QuerySchema schema = builder.build();

        builder.attribute("a", QuerySchema.Kind.STRING);

        assertThat(schema.kind("a")).isEmpty();
    }
}
