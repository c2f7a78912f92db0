package io.presence.query;

import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLimitsTest {

    private static final Query LEAF = Query.isNull("a");

    @Test
    void defaults_always_haveTheDocumentedValues() {
        QueryLimits limits = QueryLimits.DEFAULT;

        assertThat(List.of(limits.queries(), limits.depth(), limits.nodes(), limits.values()))
                .isEqualTo(List.of(100, 16, 256, 500));
        assertThat(List.of(limits.totalValues(), limits.needleLength(), limits.totalNeedleLength()))
                .isEqualTo(List.of(10_000, 256, 131_072));
        assertThat(List.of(limits.textLength(), limits.operations())).isEqualTo(List.of(65_536, 1_000_000));
    }

    static Stream<Arguments> withers() {
        BiFunction<QueryLimits, Integer, QueryLimits> queries = QueryLimits::withQueries;
        return Stream.of(
                wither("queries", queries, QueryLimits::queries),
                wither("depth", QueryLimits::withDepth, QueryLimits::depth),
                wither("nodes", QueryLimits::withNodes, QueryLimits::nodes),
                wither("values", QueryLimits::withValues, QueryLimits::values),
                wither("totalValues", QueryLimits::withTotalValues, QueryLimits::totalValues),
                wither("needleLength", QueryLimits::withNeedleLength, QueryLimits::needleLength),
                wither("totalNeedleLength", QueryLimits::withTotalNeedleLength, QueryLimits::totalNeedleLength),
                wither("textLength", QueryLimits::withTextLength, QueryLimits::textLength),
                wither("operations", QueryLimits::withOperations, QueryLimits::operations));
    }

    private static Arguments wither(
            String parameter,
            BiFunction<QueryLimits, Integer, QueryLimits> with,
            Function<QueryLimits, Integer> limit) {
        return Arguments.of(parameter, with, limit);
    }

    @ParameterizedTest
    @MethodSource("withers")
    void with_aLimit_changesThatOneOrIsRefused(
            String parameter,
            BiFunction<QueryLimits, Integer, QueryLimits> with,
            Function<QueryLimits, Integer> limit) {
        QueryLimits changed = with.apply(QueryLimits.DEFAULT, 7);

        assertThat(limit.apply(changed)).isEqualTo(7);
        assertThat(limit.apply(with.apply(changed, limit.apply(QueryLimits.DEFAULT))))
                .isEqualTo(limit.apply(QueryLimits.DEFAULT));
        for (int bad : new int[] {0, -1}) {
            assertThatThrownBy(() -> with.apply(QueryLimits.DEFAULT, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(parameter + " must be positive: " + bad);
        }
    }

    @Test
    void check_moreValuesInAll_areRefused() {
        List<Integer> many = Collections.nCopies(500, 1);
        List<Query> twenty = Collections.nCopies(20, Query.equal("a", many));
        List<Query> more = new ArrayList<>(twenty);
        more.add(Query.equal("a", 1));

        assertThatCode(() -> QueryLimits.DEFAULT.check(twenty)).doesNotThrowAnyException();
        assertRefused(
                () -> QueryLimits.DEFAULT.check(more),
                LIMIT_EXCEEDED,
                "$[20].values",
                "total values must be at most 10000: 10001");
    }

    @Test
    void check_moreCharactersOfNeedlesInAll_areRefused() {
        Query most = Query.contains("a", Collections.nCopies(500, "n".repeat(256)));
        Query more = Query.containsAll(
                "b", "n".repeat(256), Collections.nCopies(12, "n".repeat(250)).toString());

        assertRefused(
                () -> QueryLimits.DEFAULT
                        .withNeedleLength(9_999)
                        .check(List.of(most, Query.contains("b", "n".repeat(3_073)))),
                LIMIT_EXCEEDED,
                "$[1].values[0]",
                "total needle length must be at most 131072: 131073");
        assertThatThrownBy(() -> QueryLimits.DEFAULT.check(more)).isInstanceOf(QueryException.class);
    }

    @Test
    void check_largeOrdinaryQueries_areAccepted() {
        List<Query> hundred = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            hundred.add(Query.contains("metadata.tags" + i, "red", "green", i));
            hundred.add(Query.between("metadata.x" + i, i, i + 0.5));
            hundred.add(Query.or(Query.isNull("metadata.y" + i), Query.equal("metadata.y" + i, List.of(1, i))));
            hundred.add(Query.notStartsWith("metadata.name", "bot" + i));
        }
        Query elements = Query.elemMatch(
                "metadata.list",
                Query.equal("name", "a", "b"),
                Query.between("x", 1, 9),
                Query.notEqual("kind", "c"),
                Query.isNull("gone"));
        Query tagged = Query.elemMatch(
                "metadata.list",
                Query.containsAll("tags", "red", "blue", "2026-01-01T00:00:00Z"),
                Query.isNull("gone"));

        assertThatCode(() -> {
                    QueryLimits.DEFAULT.check(hundred);
                    QueryLimits.DEFAULT.check(List.of(elements, Query.contains("metadata.tags", "a")));
                    QueryLimits.DEFAULT.check(List.of(tagged));
                })
                .doesNotThrowAnyException();
    }

    @Test
    @Promise("query-cost")
    void check_aProductOfElementsAndConditions_isRefusedByTheNameOfTheFilter() {
        Query[] conditions = new Query[250];
        Arrays.setAll(conditions, i -> Query.notEqual("k" + i, i));
        Query product = Query.elemMatch("metadata.list", conditions);

        assertThatThrownBy(() -> QueryLimits.DEFAULT.check(List.of(Query.limit(1), Query.or(LEAF, product))))
                .isInstanceOfSatisfying(QueryException.class, e -> {
                    assertThat(e.code()).isEqualTo(LIMIT_EXCEEDED);
                    assertThat(e.path()).isEqualTo("$[1].values[1]");
                })
                .hasMessageMatching("worst-case operations must be at most 1000000: \\d{8} .*");
    }

    @Test
    void check_manySearchesOfOneAttribute_areRefusedUnlessTheyAreOne() {
        Query[] apart = new Query[20];
        Arrays.setAll(apart, i -> Query.contains("a", "x" + i, "y" + i));
        Query[] together = new Query[100];
        Arrays.setAll(together, i -> Query.contains("a", "x" + i));

        assertThatCode(() -> QueryLimits.DEFAULT.check(List.of(together))).doesNotThrowAnyException();
        assertThatCode(() -> QueryLimits.DEFAULT.check(Query.or(apart))).doesNotThrowAnyException();
        assertThatThrownBy(() -> QueryLimits.DEFAULT.check(List.of(apart)))
                .hasMessageStartingWith("worst-case operations must be at most 1000000: ");
    }

    @Test
    void check_withinEachLimit_isAccepted() {
        Query deepest = nested(16);
        Query widest = Query.and(Collections.nCopies(255, LEAF));
        Query longest = Query.contains("a", Collections.nCopies(500, "n".repeat(256)));

        assertThatCode(() -> {
                    QueryLimits.DEFAULT.check(deepest);
                    QueryLimits.DEFAULT.check(widest);
                    QueryLimits.DEFAULT.check(longest);
                    QueryLimits.DEFAULT.check(Collections.nCopies(100, LEAF));
                    QueryLimits.DEFAULT.check(Query.limit(1));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void check_tooDeep_isRefused() {
        assertRefused(
                () -> QueryLimits.DEFAULT.check(nested(17)),
                LIMIT_EXCEEDED,
                "$" + ".values[0]".repeat(16),
                "depth must be at most 16: 17");
    }

    @Test
    void check_farTooDeep_isRefusedWithoutFollowingIt() {
        Query bottomless = nested(1_000_000);

        assertThatThrownBy(() -> QueryLimits.DEFAULT.check(bottomless))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("depth must be at most 16: 17");
    }

    @Test
    void check_siblings_areNotDeeper() {
        QueryLimits two = Limits.of(9, 2, 99, 9, 9, 9);

        assertThatCode(() -> two.check(Query.or(LEAF, LEAF, LEAF))).doesNotThrowAnyException();
        assertThatThrownBy(() -> two.check(Query.or(LEAF, Query.and(LEAF)))).isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> two.check(Query.elemMatch("a", Query.and(LEAF))))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void check_tooManyNodes_areRefused() {
        assertRefused(
                () -> QueryLimits.DEFAULT.check(Query.and(Collections.nCopies(256, LEAF))),
                LIMIT_EXCEEDED,
                "$.values[255]",
                "nodes must be at most 256: 257");
    }

    @Test
    void check_nodes_areCountedAcrossQueries() {
        Query half = Query.and(Collections.nCopies(127, LEAF));

        assertThatCode(() -> QueryLimits.DEFAULT.check(List.of(half, half))).doesNotThrowAnyException();
        assertRefused(
                () -> QueryLimits.DEFAULT.check(List.of(half, half, LEAF)),
                LIMIT_EXCEEDED,
                "$[2]",
                "nodes must be at most 256: 257");
    }

    @Test
    void check_tooManyQueries_areRefused() {
        assertRefused(
                () -> QueryLimits.DEFAULT.check(Collections.nCopies(101, LEAF)),
                LIMIT_EXCEEDED,
                "$",
                "queries must be at most 100: 101");
    }

    @Test
    void check_tooManyValues_areRefused() {
        List<Integer> many = Collections.nCopies(501, 1);
        List<String> names = Collections.nCopies(501, "a");

        assertRefused(
                () -> QueryLimits.DEFAULT.check(Query.equal("a", many)),
                LIMIT_EXCEEDED,
                "$.values",
                "values must be at most 500: 501");
        assertRefused(
                () -> QueryLimits.DEFAULT.check(Query.exists(names)),
                LIMIT_EXCEEDED,
                "$.values",
                "values must be at most 500: 501");
        assertRefused(
                () -> QueryLimits.DEFAULT.check(Query.select(names)),
                LIMIT_EXCEEDED,
                "$.values",
                "values must be at most 500: 501");
    }

    @Test
    void check_elementsOfListsAndMaps_areValuesToo() {
        Query list = Query.equal("a", List.of(Collections.nCopies(500, 1)));
        Query map = Query.equal("a", Map.of("k", Collections.nCopies(499, 1)));

        assertRefused(
                () -> QueryLimits.DEFAULT.check(list), LIMIT_EXCEEDED, "$.values", "values must be at most 500: 501");
        assertRefused(
                () -> QueryLimits.DEFAULT.check(map), LIMIT_EXCEEDED, "$.values", "values must be at most 500: 501");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTAINS", "NOT_CONTAINS", "CONTAINS_ANY", "CONTAINS_ALL"})
    void check_longNeedle_isRefused(Method method) {
        Query query = new Query.Comparison(method, AttributePath.of("a"), List.of(1, "n".repeat(257)));

        assertRefused(
                () -> QueryLimits.DEFAULT.check(query),
                LIMIT_EXCEEDED,
                "$.values[1]",
                "needle length must be at most 256: 257");
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal", "startsWith", "lessThan"})
    void check_longStringThatIsNotSearchedFor_isAccepted(String method) {
        Query query = new Query.Comparison(Method.of(method), AttributePath.of("a"), List.of("n".repeat(257)));

        assertThatCode(() -> QueryLimits.DEFAULT.check(query)).doesNotThrowAnyException();
    }

    private static Query nested(int depth) {
        Query query = LEAF;
        for (int i = 1; i < depth; i++) {
            query = i % 2 == 0 ? Query.and(query) : Query.or(query);
        }
        return query;
    }
}
