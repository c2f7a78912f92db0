package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Promise;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter that is nested deeper than any stack is compared and shown, and refused wherever it would be evaluated. */
class DeepFilterTest {

    private static final int MAX = 200;

    private final StandingQueries<Map<String, ?>, String> queries = new StandingQueries<>(RecordSchema.maps());

    private static Query.Filter nested(int depth, UnaryOperator<Query.Filter> group, Query.Filter leaf) {
        Query.Filter filter = leaf;
        for (int i = 0; i < depth; i++) {
            filter = group.apply(filter);
        }
        return filter;
    }

    private static Query.Filter and(int depth) {
        return nested(depth, Query::and, Query.equal("a", 1));
    }

    private static List<UnaryOperator<Query.Filter>> groups() {
        return List.of(
                Query::and, Query::or, filter -> Query.elemMatch("l", filter), f -> Query.and(Query.isNull("b"), f));
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 100_000})
    @Promise("filter-depth")
    void equals_deepFilters_comparesThem(int depth) {
        for (UnaryOperator<Query.Filter> group : groups()) {
            Query.Filter filter = nested(depth, group, Query.equal("a", 1));
            Query.Filter other = nested(depth, group, Query.equal("a", 2));
            assertThat(filter.equals(nested(depth, group, Query.equal("a", 1)))).isTrue();
            assertThat(filter.equals(other)).isFalse();
            assertThat(filter.equals(nested(depth + 1, group, Query.equal("a", 1))))
                    .isFalse();
            assertThat(filter.hashCode())
                    .isEqualTo(nested(depth, group, Query.equal("a", 1)).hashCode())
                    .isNotEqualTo(other.hashCode());
            assertThat(filter.toString()).contains("Comparison[method=EQUAL").hasSizeGreaterThan(10 * depth);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX + 1, 3_000, 100_000})
    @Promise("filter-depth")
    void eachMethod_deepFilter_isRefused(int depth) {
        QueryLimits deep = QueryLimits.DEFAULT.withDepth(Integer.MAX_VALUE).withNodes(Integer.MAX_VALUE);
        for (UnaryOperator<Query.Filter> group : groups()) {
            Query.Filter filter = nested(depth, group, Query.equal("a", 1));
            Stream.<Runnable>of(
                            () -> queries.add(filter, "s"),
                            () -> queries.explain(filter),
                            () -> StandingQueries.prepare(filter),
                            () -> CompiledQuery.compile(filter, RecordSchema.maps()),
                            () -> Interpreter.matches(filter, path -> null),
                            () -> QuerySchema.builder().build().check(filter),
                            () -> QuerySchema.builder().build().check(List.of(filter)),
                            () -> QueryLimits.DEFAULT.check(filter),
                            () -> deep.check(filter),
                            () -> deep.check(List.of(filter)),
                            () -> Query.allOf(List.of(filter), deep),
                            () -> QueryJson.write(filter, deep),
                            () -> QueryJson.writeArray(List.of(filter), deep))
                    .forEach(call -> assertThatThrownBy(call::run)
                            .isInstanceOfSatisfying(
                                    QueryException.class,
                                    e -> assertThat(e.code()).isEqualTo(QueryException.Code.LIMIT_EXCEEDED)));
        }
    }

    @Test
    void eachMethod_filterAtTheBound_isAccepted() {
        Query.Filter filter = and(MAX);

        queries.add(filter, "s");

        assertThat(CompiledQuery.compile(filter, RecordSchema.maps()).test(Map.of("a", 1)))
                .isTrue();
        assertThat(queries.explain(filter).access()).containsExactly("a = 1");
        assertThatThrownBy(() -> queries.add(and(MAX + 1), "s")).hasMessageContaining("depth must be at most 200: 201");
    }

    @Test
    void equals_randomFilters_isThatOfTheirTexts() {
        RandomCases some = new RandomCases(Seed.SEED);
        RandomCases same = new RandomCases(Seed.SEED);
        Query.Filter last = Query.everything();
        for (int i = 0; i < 2_000; i++) {
            Query.Filter filter = some.filter();
            Query.Filter copy = same.filter();
            assertThat(filter.equals(copy)).isTrue();
            assertThat(filter.hashCode()).isEqualTo(copy.hashCode());
            assertThat(filter.equals(last))
                    .isEqualTo(filter.toString().equals(last.toString()) && filter.getClass() == last.getClass());
            last = filter;
        }
        assertThat(Query.and(Query.isNull("a")).equals("a")).isFalse();
        assertThat(Query.and(Query.isNull("a")).equals(null)).isFalse();
        assertThat(Query.and(Query.isNull("a"))).isNotEqualTo(Query.or(Query.isNull("a")));
        assertThat(Query.elemMatch("a", Query.isNull("a"))).isNotEqualTo(Query.elemMatch("b", Query.isNull("a")));
        assertThat(Query.elemMatch("a", Query.isNull("b")))
                .hasToString("ElemMatch[attribute=a, filters=[NullCheck[method=IS_NULL, attribute=b]]]");
        assertThat(Query.and(Query.isNull("a"), Query.nothing()))
                .hasToString("And[filters=[NullCheck[method=IS_NULL, attribute=a], Or[filters=[]]]]");
    }
}
