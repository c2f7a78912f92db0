package io.presence.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Digests of queries are equal if and only if the queries are, over random pairs that look alike. */
class QueryDigestPropertyTest {

    private static final int LEVELS = 3;

    private static Map<String, Object> mapOfNull() {
        Map<String, Object> map = new HashMap<>();
        map.put("a", null);
        return map;
    }

    /* Each is like another one of these in some text form. */
    private static Arbitrary<Object> values() {
        return Arbitraries.of(
                        7,
                        7.0,
                        "7",
                        "7.0",
                        new BigInteger("7"),
                        new BigDecimal("7.1"),
                        7.1,
                        "null",
                        true,
                        "true",
                        "a",
                        "b",
                        "a, b",
                        "",
                        "\ud800",
                        "?",
                        "\ud801",
                        List.of(),
                        List.of("a", "b"),
                        List.of("a, b"),
                        List.of(List.of("a"), "b"),
                        List.of(List.of("a", "b")),
                        "[a, b]",
                        Map.of("a", 1),
                        Map.of("a", "1"),
                        Map.of("a", 1, "b", 2),
                        mapOfNull(),
                        "{a=1}",
                        1L << 62,
                        BigInteger.ONE.shiftLeft(80))
                .injectNull(0.05);
    }

    private static Arbitrary<Query.Filter> comparisons() {
        Arbitrary<String> paths = Arbitraries.of(
                "status", "metadata.a.b", "metadata.a\\.b", "metadata.a", "metadata.status", "metadata.a\\.b.c");
        Arbitrary<List<Object>> operands = values().list().ofMinSize(1).ofMaxSize(2);
        return Combinators.combine(paths, operands, Arbitraries.integers().between(0, 2))
                .as((path, list, method) -> new Query.Comparison(
                        List.of(Method.EQUAL, Method.NOT_EQUAL, Method.CONTAINS_ANY)
                                .get(method),
                        AttributePath.parse(path),
                        list));
    }

    @Provide
    Arbitrary<Query.Filter> queries() {
        return queries(LEVELS);
    }

    private static Arbitrary<Query.Filter> queries(int levels) {
        if (levels == 1) {
            return leaves();
        }
        Arbitrary<List<Query.Filter>> inner =
                queries(levels - 1).list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaves(), inner.map(QueryDigestPropertyTest::all), inner.map(QueryDigestPropertyTest::any));
    }

    private static Arbitrary<Query.Filter> leaves() {
        return Arbitraries.oneOf(
                comparisons(),
                Arbitraries.of("status", "metadata.a.b", "metadata.a\\.b").map(Query::isNull),
                Arbitraries.of("status", "metadata.a.b").map(Query::isNotNull),
                Arbitraries.of("metadata.a", "metadata.b").map(path -> Query.exists(List.of(path))),
                Arbitraries.of("metadata.a", "metadata.b").map(path -> Query.notExists(List.of(path))),
                comparisons().map(filter -> Query.elemMatch("metadata.list", filter)));
    }

    private static Query.Filter all(List<Query.Filter> filters) {
        return Query.and(filters.toArray(Query.Filter[]::new));
    }

    private static Query.Filter any(List<Query.Filter> filters) {
        return Query.or(filters.toArray(Query.Filter[]::new));
    }

    private static byte[] digest(Query.Filter query) {
        return new QueryDigest().add(query).digest();
    }

    @Property(tries = 3_000)
    @Promise("resume-token")
    void digest_ofAnyTwoQueries_isEqualIfAndOnlyIfTheQueriesAre(
            @ForAll("queries") Query.Filter one, @ForAll("queries") Query.Filter other) {
        assertThat(Arrays.equals(digest(one), digest(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 2_000)
    void digest_ofTwoComparisons_isEqualIfAndOnlyIfTheComparisonsAre(
            @ForAll("operands") List<Object> one, @ForAll("operands") List<Object> other) {
        AttributePath path = AttributePath.of("metadata", "a");
        Query.Filter first = new Query.Comparison(Method.EQUAL, path, one);
        Query.Filter second = new Query.Comparison(Method.EQUAL, path, other);
        assertThat(Arrays.equals(digest(first), digest(second))).isEqualTo(first.equals(second));
    }

    @Provide
    Arbitrary<List<Object>> operands() {
        return values().list().ofMinSize(1).ofMaxSize(2);
    }
}
