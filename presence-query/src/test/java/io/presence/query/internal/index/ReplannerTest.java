package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Query;
import io.presence.query.fixture.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries that were filed before anything was known move to where they are asked rarely, and then stay. */
class ReplannerTest {

    private static final int QUERIES = 201;
    /* At most so often is a record of the sample looked at to plan one of these queries. */
    private static final int LOOKS_PER_PLAN = 64 * 8;

    private final Maps<Integer> maps = new Maps<>();

    private static Map<String, Object> online() {
        return Map.of("status", "online", "x", 0.5);
    }

    private long candidates(int events, Supplier<Map<String, Object>> records) {
        long before = maps.index.candidates();
        for (int i = 0; i < events; i++) {
            maps.candidates(records.get());
        }
        return maps.index.candidates() - before;
    }

    /** Returns the number of sampled records that were examined during the given number of events. */
    private long sampled(int events, Supplier<Map<String, Object>> records) {
        long before = maps.sampled.sum();
        candidates(events, records);
        return maps.sampled.sum() - before;
    }

    /** As long as few records are known, which all are within each range, it is the status that seems to be rare. */
    private Map<Integer, Handle<Integer>> addUnder(String status, int queries) {
        candidates(8, () -> Map.of("status", "offline", "x", 50_000));
        Map<Integer, Handle<Integer>> registrations = new HashMap<>();
        for (int i = 0; i < queries; i++) {
            Query.Filter filter = Query.and(Query.equal("status", status), Query.between("x", i, 100_000));
            registrations.put(i, maps.index.add(filter, i));
        }
        return registrations;
    }

    @Test
    void match_queriesFiledUnderACommonValue_moveToWhatIsRare() {
        addUnder("online", QUERIES);
        assertThat(candidates(1, ReplannerTest::online)).isEqualTo(QUERIES);

        candidates(400, ReplannerTest::online);

        assertThat(candidates(500, ReplannerTest::online)).isLessThanOrEqualTo(2 * 500);
        assertThat(maps.index.queries()).isEqualTo(QUERIES);
    }

    @Test
    void match_queriesThatHaveMoved_areStillFound() {
        Map<Integer, Handle<Integer>> registrations = addUnder("online", QUERIES);
        candidates(400, ReplannerTest::online);
        Set<Integer> matched = new HashSet<>();
        maps.index.match(
                null, Map.of("status", "online", "x", 100), (subscriber, before, after) -> matched.add(subscriber));
        assertThat(matched).hasSize(101).contains(0, 100);

        registrations.values().forEach(maps.index::remove);
        assertThat(maps.index.isEmpty())
                .as("nor are their former programs left")
                .isTrue();
    }

    /* The removal of the last query ends the reviews. */
    @Test
    void remove_ofAllQueriesInTheMiddleOfAReview_leavesNoReview() {
        Map<Integer, Handle<Integer>> registrations = addUnder("online", 20 * QUERIES);
        long before = maps.index.operations();
        while (maps.index.operations() == before) {
            candidates(1, ReplannerTest::online);
        }
        before = maps.index.operations();
        candidates(1, ReplannerTest::online);
        assertThat(maps.index.operations()).as("the review goes on").isGreaterThan(before);
        List<Handle<Integer>> all = List.copyOf(registrations.values());
        maps.index.remove(all.get(1));
        before = maps.index.operations();
        candidates(1, ReplannerTest::online);
        assertThat(maps.index.operations()).as("also after the removal of one").isGreaterThan(before);
        all.subList(2, all.size()).forEach(maps.index::remove);
        assertThat(maps.index.isEmpty()).isFalse();
        maps.index.remove(all.get(0));

        assertThat(maps.index.isEmpty()).isTrue();
    }

    /** The more candidates are in vain, the more queries are moved at a time. */
    @Test
    void match_manyQueriesFiledUnderACommonValue_moveWithinFewMatches() {
        addUnder("online", 50 * QUERIES);
        candidates(400, ReplannerTest::online);

        assertThat(candidates(1, ReplannerTest::online)).isLessThanOrEqualTo(2);
    }

    @Test
    void match_afterTheMove_plansNoMore() {
        addUnder("online", QUERIES);
        candidates(400, ReplannerTest::online);

        assertThat(sampled(2_000, ReplannerTest::online)).isZero();
    }

    @Test
    void remove_queriesThatAreMoving_leavesNothing() {
        for (int events = 0; events < 100; events += 10) {
            String status = "online" + events;
            Map<Integer, Handle<Integer>> registrations = addUnder(status, QUERIES);
            candidates(events, () -> Map.of("status", status, "x", -1));
            registrations.values().forEach(maps.index::remove);
            assertThat(maps.index.isEmpty()).isTrue();
        }
    }

    /** Both conditions are as common, and the third is in vain: no place is better than another. */
    @Test
    void match_whatCouldBeFiledAsWellElsewhere_staysThere() {
        for (int i = 0; i < QUERIES; i++) {
            maps.index.add(Query.and(Query.equal("a", 1), Query.equal("b", 1), Query.contains("d", "x" + i)), i);
        }

        assertPlansRarely(() -> Map.of("a", 1, "b", 1, "d", "nothing"));
    }

    @Test
    void match_whatCouldBeFiledAsWellElsewhereForAPart_staysThere() {
        for (int i = 0; i < QUERIES; i++) {
            Query.Filter common = Query.and(Query.equal("a", 1), Query.equal("b", 1), Query.contains("d", "x" + i));
            maps.index.add(Query.or(common, Query.equal("e", i)), i);
        }

        assertPlansRarely(() -> Map.of("a", 1, "b", 1, "d", "nothing"));
    }

    /** Each query is planned anew a second time only after many times as many candidates as the first time. */
    private void assertPlansRarely(Supplier<Map<String, Object>> records) {
        long first = sampled(500, records);
        assertThat(first).isBetween(QUERIES * 64L, 2L * QUERIES * LOOKS_PER_PLAN);

        assertThat(sampled(2_000, records)).as("records looked at").isLessThanOrEqualTo(QUERIES * LOOKS_PER_PLAN);
    }

    private void addByTeamOrStatus(int queries) {
        for (int i = 0; i < queries; i++) {
            maps.index.add(
                    Query.and(
                            Query.equal("team", "blue"), Query.equal("status", "online"), Query.contains("n", "-" + i)),
                    i);
        }
    }

    private static Map<String, Object> blue(String status) {
        return Map.of("team", "blue", "status", status, "n", "x-1");
    }

    private static Map<String, Object> online(String team) {
        return Map.of("team", team, "status", "online", "n", "x-1");
    }

    /** However long records were alike before, and whichever of the two conditions was chosen. */
    @ParameterizedTest
    @CsvSource({"200, 2000, 1000", "200, 20000, 1000", "20, 20000, 2500"})
    void match_recordsChangeTheirNature_movesWithinSomeHundredEvents(int queries, int eventsBefore, int events) {
        addByTeamOrStatus(queries);
        candidates(eventsBefore, () -> blue("online"));

        candidates(events, () -> blue("away"));
        assertThat(candidates(500, () -> blue("away"))).isLessThan(500L * queries / 100);

        candidates(events, () -> online("red"));
        assertThat(candidates(500, () -> online("red"))).isLessThan(500L * queries / 100);
    }

    /** A posting of queries of which each is alone in having something better. */
    @Test
    void match_recordsChangeTheirNatureForAPart_movesThatPart() {
        addByTeamOrStatus(100);
        for (int i = 0; i < 100; i++) {
            maps.index.add(Query.and(Query.equal("team", "blue"), Query.equal("zone", i)), 1_000 + i);
        }
        candidates(5_000, () -> blue("online"));

        assertThat(candidates(500, () -> blue("online")))
                .as("the zones are not asked")
                .isEqualTo(500 * 100);
    }

    @Test
    @Promise("replanning-cost")
    void match_manyMisses_planWithinTheBudgetOfAMatch() {
        addUnder("online", 20 * QUERIES);
        long most = 0;
        for (int i = 0; i < 400; i++) {
            long before = maps.index.operations();
            maps.candidates(online());
            most = Math.max(most, maps.index.operations() - before);
        }
        assertThat(most).isBetween(1L, 65_536L + 32_768);
    }
}
