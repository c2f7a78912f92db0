package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import io.presence.query.fixture.Promise;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The operations that one match takes, whatever many filters ask together. */
class MatchBudgetTest {

    private static final int FILTERS = 500;
    private static final int BUDGET = 100_000;
    private static final String TEXT = "ab".repeat(2_000);

    private final StandingQueries<Map<String, ?>, Integer> queries = new StandingQueries<>(RecordSchema.maps());
    private final Set<Integer> undecided = new HashSet<>();
    private final Set<Integer> matched = new HashSet<>();

    private final class Visitor implements MatchVisitor.Bounded<Integer> {
        @Override
        public void matched(Integer subscriber, boolean before, boolean after) {
            assertThat(matched.add(subscriber)).isTrue();
        }

        @Override
        public void undecided(Integer subscriber) {
            assertThat(undecided.add(subscriber)).isTrue();
        }
    }

    /* An elemMatch is asked of each element. */
    private static Query.Filter costly(int number) {
        return Query.elemMatch("list", Query.endsWith("text", "x" + number));
    }

    private static Map<String, ?> record(int elements) {
        List<Map<String, String>> list = IntStream.range(0, elements)
                .mapToObj(i -> Map.of("text", TEXT.substring(i)))
                .toList();
        return Map.of("list", list, "status", "online");
    }

    private void addCostly() {
        for (int i = 0; i < FILTERS; i++) {
            queries.add(costly(i), i);
        }
    }

    /* Texts that are equal up to their last character, compared with many bounds in each element. */
    private static Query.Filter longBounds(int number, int elements) {
        Query.Filter[] bounds = new Query.Filter[elements];
        Arrays.setAll(bounds, i -> Query.greaterThan("t", "a".repeat(2_249) + (char) ('A' + i)));
        return Query.and(Query.elemMatch("list", Query.or(bounds)), Query.notEqual("status", "variant " + number));
    }

    @Test
    @Promise("match-budget")
    void match_longTextsThatDifferAtTheirEnd_spendsTheirCharacters() {
        int elements = 28;
        for (int i = 0; i < 100; i++) {
            queries.add(longBounds(i, elements), i);
        }
        Map<String, Object> element = Map.of("t", "a".repeat(2_249) + "0");
        long spent = match(null, Map.of("list", Collections.nCopies(elements, element), "status", "online"), BUDGET);
        assertThat(matched).isEmpty();
        assertThat(undecided).hasSizeBetween(90, 99);
        assertThat(spent).isBetween((long) BUDGET, BUDGET + elements * elements * 2_250L / 8 + 10_000);
    }

    @Test
    void match_manyNullsWithinAnElement_spendsThem() {
        Map<String, Object> nulls = new HashMap<>();
        IntStream.range(0, 6_500).forEach(i -> nulls.put("k" + i, null));
        for (int i = 0; i < 100; i++) {
            queries.add(Query.notEqual("list", List.of(List.of(Map.of(), i + 1))), i);
        }
        match(null, Map.of("list", List.of(nulls, 0)), BUDGET);
        assertThat(undecided).hasSizeBetween(80, 90);
        assertThat(matched).hasSize(100 - undecided.size());
    }

    private long match(Map<String, ?> before, Map<String, ?> after, long operations) {
        undecided.clear();
        matched.clear();
        return queries.match(before, after, operations, new Visitor());
    }

    @Test
    @Promise("match-budget")
    void match_manyCostlyFilters_spendsTheBudgetAndOneFilter() {
        addCostly();
        StandingQueries<Map<String, ?>, Integer> single = new StandingQueries<>(RecordSchema.maps());
        single.add(costly(0), 0);
        long one = single.match(null, record(1_000), Long.MAX_VALUE, new Visitor());
        long all = match(null, record(1_000), Long.MAX_VALUE);
        assertThat(all).as("without a budget").isGreaterThan(5 * BUDGET);

        long spent = match(record(1_000), record(999), BUDGET);

        assertThat(one).as("of one filter").isLessThan(all / 100);
        int visits = 2 * 2 * FILTERS;
        assertThat(spent).as("visits and hand-overs count").isBetween((long) BUDGET, BUDGET + one + visits);
        assertThat(undecided).hasSizeGreaterThan(FILTERS / 2);
        assertThat(matched).isEmpty();
    }

    @Test
    void match_cheapFilterAmongCostlyOnes_isDecided() {
        addCostly();
        queries.add(Query.notEqual("status", "away"), FILTERS);

        match(null, record(10), 0);

        assertThat(undecided).hasSize(FILTERS);
        assertThat(matched).containsExactly(FILTERS);
    }

    /** All subscribers of a filter are handed over by the work of one. */
    @Test
    void match_manySubscribersOfOneFilter_handsOverEach() {
        for (int i = 0; i < FILTERS; i++) {
            queries.add(costly(0), i);
        }

        match(record(10), record(11), 0);

        assertThat(undecided).hasSize(FILTERS);
    }

    @Test
    void match_whatIsNoCandidate_isNotHandedOver() {
        queries.add(Query.and(Query.equal("status", "away"), costly(0)), 0);

        match(record(10), null, 0);

        assertThat(undecided).isEmpty();
    }
}
