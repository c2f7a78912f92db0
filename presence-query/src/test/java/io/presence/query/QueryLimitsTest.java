package io.presence.query;

import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLimitsTest {
    private static final Query LEAF = Query.isNull("a");

    @Test
    void default_isWhatItSays() {
        assertThat(QueryLimits.DEFAULT).isEqualTo(new QueryLimits(100, 16, 256, 500, 256, 65536));
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,1,1,1,1,queries",
        "1,0,1,1,1,1,depth",
        "1,1,-1,1,1,1,nodes",
        "1,1,1,0,1,1,values",
        "1,1,1,1,0,1,needleLength",
        "1,1,1,1,1,0,textLength"
    })
    void new_notPositive_isRefused(
            int queries, int depth, int nodes, int values, int needle, int text, String parameter) {
        assertThatThrownBy(() -> new QueryLimits(queries, depth, nodes, values, needle, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(parameter + " must be positive: (0|-1)");
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
        QueryLimits two = new QueryLimits(9, 2, 99, 9, 9, 9);

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
