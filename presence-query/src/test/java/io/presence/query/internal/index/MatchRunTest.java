package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.Values;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchRunTest {

    private final SlotTable<Map<String, ?>> table = new SlotTable<>(Maps::reader);
    private final Slots slots = new Slots();
    private final QueryTable<String> queries = new QueryTable<>();
    private final TermIndex<StandingQuery<String>> postings = new TermIndex<>(table, 1);
    private final CandidateFinder<StandingQuery<String>> probe = new CandidateFinder<>(postings, slots);
    private final MatchRun<String> pass = new MatchRun<>(queries, new Replanner<>(query -> false, () -> 0, 1), slots);
    private final List<String> results = new ArrayList<>();

    @BeforeEach
    void addTwo() {
        add("one", Query.equal("x", 1));
        add("two", Query.equal("x", 1, 2));
        add("costly", Query.contains("s", "a"));
    }

    private void add(String subscriber, Query.Filter filter) {
        table.retain(filter);
        StandingQuery<String> query =
                new StandingQuery<>(subscriber.hashCode(), filter, Program.compile(filter, table));
        query.add(new Registration<>(subscriber));
        queries.add(query);
        postings.unindexed().add(query);
    }

    private final class Visitor implements MatchVisitor.Bounded<String> {
        @Override
        public void matched(String subscriber, boolean matchedBefore, boolean matchesAfter) {
            results.add(subscriber + " " + matchedBefore + " " + matchesAfter);
        }

        @Override
        public void undecided(String subscriber) {
            results.add(subscriber + " undecided");
        }
    }

    private List<String> change(Map<String, ?> before, Map<String, ?> after) {
        return change(before, after, Long.MAX_VALUE);
    }

    private List<String> change(Map<String, ?> before, Map<String, ?> after, long operations) {
        results.clear();
        pass.start(new Visitor(), operations);
        if (before != null) {
            table.fill(before, slots);
            pass.before(probe);
        }
        if (after != null) {
            table.fill(after, slots);
            pass.after(probe);
        }
        pass.finish();
        pass.end();
        return results;
    }

    private void assertRight() {
        assertThat(change(Map.of("s", "ab"), null, 0)).containsExactly("costly undecided");
        assertThat(change(Map.of("s", "ab"), Map.of("s", "b"), 0)).containsExactly("costly undecided");
        assertThat(change(null, Map.of("s", "ab"), 0)).containsExactly("costly undecided");
        assertThat(change(Map.of("s", "ab"), Map.of("s", "b"))).containsExactly("costly true false");
        assertThat(change(Map.of("s", "ab"), Map.of("x", 1), 0))
                .containsExactlyInAnyOrder("one false true", "two false true", "costly undecided");
        assertThat(change(Map.of("x", 1), Map.of("x", 2))).containsExactlyInAnyOrder("one true false", "two true true");
        assertThat(change(null, Map.of("x", 1))).containsExactlyInAnyOrder("one false true", "two false true");
        assertThat(change(Map.of("x", 2), null)).containsExactly("two true false");
        assertThat(change(Map.of("x", 3), Map.of("x", 2))).containsExactly("two false true");
        assertThat(change(Map.of("x", 2), Map.of("x", 2))).containsExactly("two true true");
        assertThat(change(null, null)).isEmpty();
    }

    /** Marks of the first passes must not be taken for those of the first passes after the numbers have run out. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void change_whenNumbersRunOut_isStillRight(int left) {
        assertRight();
        pass.number(MatchRun.LAST_NUMBER - left);

        assertRight();
        assertRight();
        pass.number(MatchRun.LAST_NUMBER - left);
        assertRight();
    }

    /**
     * A spent budget leaves later candidates unevaluated, and a query that matched before is not reported as exited.
     */
    @Test
    void change_spentAfterTheFirstRecord_handsOverWhoMatchedBefore() {
        assertThat(change(Map.of("s", "ab"), Map.of("s", "a"), 1)).containsExactly("costly undecided");
        assertThat(change(Map.of("x", 2), null)).containsExactly("two true false");
    }

    @Test
    void change_ofARecord_runsEachQueryOncePerState() {
        StandingQuery<String> two = queries.find("two".hashCode(), Query.equal("x", 1, 2));
        postings.unindexed().add(new StandingQuery.Extra<>(two, two.residual()));

        assertThat(change(Map.of("x", 2), Map.of("x", 2))).containsExactly("two true true");
        assertThat(pass.candidates()).isEqualTo(6);
        assertThat(pass.matches()).isEqualTo(2);
    }

    /* A mark of the time before the numbers began again must not be taken for that of the pass of that number. */
    @Test
    void change_ofAQueryThatWasNoCandidateForLong_isNotTakenForOneOfThatTime() {
        Query.Filter filter = Query.equal("y", 1);
        table.retain(filter);
        StandingQuery<String> rare = new StandingQuery<>(1, filter, Program.compile(filter, table));
        rare.add(new Registration<>("rare"));
        queries.add(rare);
        postings.add(new Term.Equal(AttributePath.of("y"), Values.key(1)), () -> rare);
        for (int passes = 1; passes <= 6; passes++) {
            pass.number(passes - 1);
            assertThat(change(null, Map.of("y", 1))).containsExactly("rare false true");
            pass.number(MatchRun.LAST_NUMBER);
            for (int i = 1; i < passes; i++) {
                change(null, Map.of("x", 9));
            }
            assertThat(change(null, Map.of("y", 1))).as("pass %s", passes).containsExactly("rare false true");
        }
    }

    /* The array of queries that matched before has 16 places at first. */
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 31, 32, 33, 100})
    void change_endingManyMatches_reportsEachOnce(int count) {
        for (int i = 0; i < count; i++) {
            add("z" + i, Query.equal("z", 1));
        }

        assertThat(change(Map.of("z", 1), Map.of("z", 2))).hasSize(count).doesNotHaveDuplicates();
        assertThat(change(Map.of("z", 1), null)).hasSize(count);
    }

    @Test
    void operations_ofAMatch_countEachVisitAndEachHandOver() {
        change(null, Map.of("x", 9), Long.MAX_VALUE);
        long decided = slots.spent();
        change(null, Map.of("x", 9), 0);
        long handedOver = slots.spent();
        StandingQuery<String> one = queries.find("one".hashCode(), Query.equal("x", 1));
        postings.unindexed().add(new StandingQuery.Extra<>(one, one.residual()));
        change(null, Map.of("x", 9), 0);

        assertThat(slots.spent()).as("one more visit").isEqualTo(handedOver + 1);
        assertThat(decided).isGreaterThanOrEqualTo(3);
        assertThat(handedOver).isGreaterThanOrEqualTo(4);
    }
}
