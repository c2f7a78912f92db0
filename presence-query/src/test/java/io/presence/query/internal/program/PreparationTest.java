package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Interpreter;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.normal.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A prepared filter is an equal one, whose automata are not built again when it is added, alone or in a group. */
class PreparationTest {

    private static final Query.Comparison SEARCH = (Query.Comparison) Query.contains(
            "m.text", IntStream.range(100, 300).mapToObj(i -> "needle " + i).toArray());

    private static Object automaton(Query.Filter filter) {
        return SearchedValues.leaf((Query.Comparison) filter).constant();
    }

    @Test
    @Promise("prepared-by-caller")
    void prepare_manyNeedles_buildsTheirAutomatonOnce() {
        Query.Filter prepared = StandingQueries.prepare(SEARCH);

        assertThat(prepared).isEqualTo(SEARCH).hasSameHashCodeAs(SEARCH);
        assertThat(automaton(prepared)).isSameAs(automaton(prepared));
        assertThat(automaton(SEARCH)).isNotSameAs(automaton(SEARCH));
        assertThat(automaton(Normalizer.normalize(prepared))).isSameAs(automaton(prepared));
        assertThat(automaton(StandingQueries.prepare(prepared))).isSameAs(automaton(prepared));
    }

    @Test
    void prepare_withinGroups_keepsTheAutomatonInTheNormalForm() {
        Query.Filter mine = StandingQueries.prepare(Query.or(Query.isNull("a"), Query.elemMatch("l", SEARCH), SEARCH));
        Query.And all = (Query.And) Normalizer.normalize(Query.and(Query.equal("userId", "ada"), mine));
        List<Query.Filter> parts = new ArrayList<>(((Query.Or) all.filters().get(1)).filters());
        parts.removeIf(part -> !(part instanceof Query.Comparison));

        assertThat(mine)
                .isEqualTo(Normalizer.normalize(Query.or(Query.isNull("a"), Query.elemMatch("l", SEARCH), SEARCH)));
        assertThat(parts).hasSize(1);
        assertThat(automaton(parts.get(0))).isSameAs(automaton(parts.get(0)));
    }

    @Test
    void leaf_valuesOfAnotherMethod_isThatOfTheMethod() {
        Query.Comparison prepared = (Query.Comparison) StandingQueries.prepare(SEARCH);
        Query.Comparison other = new Query.Comparison(Method.CONTAINS_ALL, prepared.attribute(), prepared.values());
        String one = "needle 100";

        assertThat(automaton(other)).isNotSameAs(automaton(prepared));
        StandingQueries<Map<String, ?>, String> queries = new StandingQueries<>(RecordSchema.maps());
        queries.add(other, "all");
        queries.add(prepared, "any");
        List<String> matched = new ArrayList<>();
        queries.match(null, Map.of("m", Map.of("text", one)), (subscriber, before, after) -> matched.add(subscriber));
        assertThat(matched).containsExactly("any");
    }

    @Test
    void prepare_anyFilter_isEqualToItsNormalForm() {
        RandomCases cases = new RandomCases(Seed.SEED);
        for (int i = 0; i < 2_000; i++) {
            Query.Filter filter = cases.filter();
            Map<String, Object> record = cases.record();
            Query.Filter prepared = StandingQueries.prepare(filter);
            assertThat(prepared).isEqualTo(Normalizer.normalize(filter));
            assertThat(Interpreter.matches(prepared, RecordSchema.maps().attributes(record)))
                    .isEqualTo(Interpreter.matches(filter, RecordSchema.maps().attributes(record)));
        }
    }

    @Test
    void prepare_aSearchForFewCharacters_isTheFilterItself() {
        Query.Filter few = Query.contains("a", "x".repeat(1_023), 7);
        Query.Filter exact = Query.equal("a", "x".repeat(1_024));
        Query.Filter others = Query.and(few, exact, Query.isNull("b"), Query.exists("c"));
        Query.Filter nested = Query.or(others, Query.elemMatch("l", others), Query.notContains("a", "y"));

        assertThat(Program.prepare(nested)).isSameAs(nested);
    }

    @Test
    void prepare_aSearchForManyCharacters_hasItsAutomatonInAnyGroup() {
        String text = "x".repeat(512);
        String other = "y".repeat(512);
        for (Query.Filter search : List.of(
                Query.contains("a", text, other),
                Query.notContains("a", text, other),
                Query.containsAny("a", text, other),
                Query.containsAll("a", text, other))) {
            Query.And and = (Query.And) Program.prepare(Query.and(Query.isNull("b"), search));
            Query.Or or = (Query.Or) Program.prepare(Query.or(search, Query.isNull("b")));
            Query.ElemMatch elements = (Query.ElemMatch) Program.prepare(Query.elemMatch("l", search));

            for (Query.Filter prepared : List.of(
                    and.filters().get(1),
                    or.filters().get(0),
                    elements.filters().get(0))) {
                assertThat(prepared).isEqualTo(search);
                assertThat(automaton(prepared)).isSameAs(automaton(prepared));
                assertThat(Program.prepare(prepared)).isSameAs(prepared);
            }
        }
    }
}
