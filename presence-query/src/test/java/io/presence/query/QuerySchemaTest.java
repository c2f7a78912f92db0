package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_VALUE;
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

    static Stream<Query> fitting() {
        return Stream.of(
                Query.equal("status", "online", 7),
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
        assertRefused(() -> SCHEMA.check(query), UNKNOWN_ATTRIBUTE, path, "attribute is unknown: \"no\"");
    }

    @Test
    void check_keyWithinAString_isRefused() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("status.x", 1)),
                UNKNOWN_ATTRIBUTE,
                "$.attribute",
                "attribute must not lead into a STRING: \"status.x\"");
    }

    @Test
    void check_keyWithADot_isNotAKeyWithin() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("metadata\\.x", 1)),
                UNKNOWN_ATTRIBUTE,
                "$.attribute",
                "attribute is unknown: \"metadata\\\\.x\"");
    }

    @Test
    void check_timestampAgainstSomethingElse_isRefused() {
        assertRefused(
                () -> SCHEMA.check(Query.equal("$createdAt", Instant.EPOCH, 7)),
                INVALID_VALUE,
                "$.values[1]",
                "value must be an ISO-8601 date-time with offset: 7");
        assertRefused(
                () -> SCHEMA.check(Query.equal("$createdAt", "2026-01-01T00:00:00")),
                INVALID_VALUE,
                "$.values[0]",
                "value must be an ISO-8601 date-time with offset: \"2026-01-01T00:00:00\"");
        assertRefused(
                () -> SCHEMA.check(Query.lessThan("$createdAt", null)),
                INVALID_VALUE,
                "$.values[0]",
                "value must be an ISO-8601 date-time with offset: null");
    }

    @Test
    void check_list_saysWhichQuery() {
        assertRefused(
                () -> SCHEMA.check(List.of(Query.isNull("status"), Query.isNull("no"))),
                UNKNOWN_ATTRIBUTE,
                "$[1].attribute",
                "attribute is unknown: \"no\"");
    }

    @Test
    void kind_isThatOfTheAttribute() {
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
