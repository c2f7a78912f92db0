package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Query;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of queries that are evaluated for each event: the cost that does not depend on the machine. */
class CandidatesTest {

    private final SplittableRandom random = Seed.random();
    private final Maps<Integer> maps = new Maps<>();

    private static Map<String, Object> player(String status, Object zone) {
        return Map.of("status", status, "name", "ada", "metadata", Map.of("zone", zone));
    }

    private static Query.Filter inZone(Object zone) {
        return Query.equal("metadata.zone", zone);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void candidates_ofZones_doNotGrowWithTheQueries(int zones) {
        for (int zone = 0; zone < zones; zone++) {
            maps.index.add(Query.and(Query.equal("status", "online"), inZone(zone)), zone);
        }
        for (int i = 0; i < 500; i++) {
            int zone = random.nextInt(zones);
            assertThat(maps.candidates(player("online", zone))).isBetween(1L, 2L);
            assertThat(maps.candidates(player("away", zone))).isBetween(1L, 2L);
            assertThat(maps.candidates(player("online", -1))).isLessThanOrEqualTo(1);
        }
        assertThat(maps.index.matches()).isEqualTo(500);
        assertThat(maps.index.queries()).isEqualTo(zones);
        Plan.Choice choice = maps.index
                .plan(Query.and(Query.equal("status", "online"), inZone(-2)))
                .choice();
        assertThat(choice.terms()).as("terms of the plan of one more").hasSize(1);
        assertThat(maps.index.unindexed()).isZero();
    }

    /** A value is assumed to be rarer than a prefix, but all queries share this value. */
    @Test
    void add_beforeAnyRecord_doesNotIndexAllUnderTheSharedTerm() {
        for (int i = 0; i < 10_000; i++) {
            maps.index.add(Query.and(Query.equal("status", "online"), Query.startsWith("room", i + "-")), i);
        }

        assertThat(maps.candidates(Map.of("status", "online", "room", "7-b"))).isBetween(1L, 250L);
    }

    /** All ask for one status, and each for some roles, of which all have two. Before, half were under the status. */
    @Test
    void add_ofReadersBeforeAnyRecord_indexesNearlyAllByTheRolesThatTellThemApart() {
        for (int i = 0; i < 20_000; i++) {
            List<String> roles = List.of("any", "users", "team:" + i / 10, "user:" + i);
            Query.Filter access = Query.or(Query.equal("userId", "u" + i), Query.containsAny("readers", roles));
            maps.index.add(Query.and(access, Query.equal("status", "online")), i);
        }

        for (int i = 0; i < 30; i++) {
            List<String> readers = List.of("team:" + i, "user:" + 10 * i);
            Map<String, Object> record = Map.of("userId", "u" + i, "readers", readers, "status", "online");
            assertThat(maps.candidates(record)).isBetween(11L, 1_000L);
        }
    }

    @Test
    void and_whateverElseItSays_isFoundByWhatIsIndexed() {
        List<Query.Filter> others = List.of(
                Query.endsWith("name", "a"),
                Query.notEqual("name", "bob"),
                Query.contains("name", "d"),
                Query.isNotNull("name"),
                Query.notStartsWith("name", "x"),
                Query.elemMatch("list", Query.equal("x", 1)),
                Query.or(Query.isNull("gone"), Query.notContains("name", "x")));
        for (int i = 0; i < others.size(); i++) {
            maps.index.add(Query.and(others.get(i), inZone(i)), i);
        }

        for (int i = 0; i < others.size(); i++) {
            assertThat(maps.candidates(player("online", i)))
                    .as("%s", others.get(i))
                    .isEqualTo(1);
        }
        assertThat(maps.candidates(player("online", 99))).isZero();
    }

    @Test
    void candidates_ofAnOr_areFoundByEachPart() {
        maps.index.add(Query.and(Query.or(inZone(7), inZone(8)), Query.notEqual("status", "away")), 1);
        maps.index.add(Query.or(Query.and(inZone(7), Query.equal("name", "bob")), Query.greaterThan("level", 10)), 2);

        assertThat(maps.candidates(player("online", 7))).isEqualTo(1);
        assertThat(maps.candidates(player("away", 8))).isEqualTo(1);
        assertThat(maps.candidates(player("online", 9))).isZero();
        assertThat(maps.candidates(Map.of("level", 11))).isEqualTo(1);
        assertThat(maps.candidates(Map.of("level", 9, "name", "bob", "metadata", Map.of("zone", 7))))
                .isEqualTo(2);
    }

    @Test
    void equal_toManyValues_isFoundByEachOfThemAndByNoOther() {
        for (int first = 0; first < 20; first++) {
            List<Integer> zones =
                    IntStream.range(first * 500, first * 500 + 500).boxed().toList();
            maps.index.add(Query.equal("metadata.zone", zones), first);
        }

        for (int i = 0; i < 500; i++) {
            assertThat(maps.candidates(player("online", random.nextInt(10_000))))
                    .isEqualTo(1);
        }
        assertThat(maps.candidates(player("online", 10_000))).isZero();
        assertThat(maps.index.matches()).isEqualTo(500);
    }

    @Test
    void candidates_ofAWideRange_doNotHideTheNarrowOnes() {
        maps.index.add(Query.between("x", -1e9, 1e9), -1);
        maps.index.add(Query.greaterThan("x", 0), -2);
        for (int i = 0; i < 2_000; i++) {
            maps.index.add(Query.between("x", 10 * i, 10 * i + 5), i);
        }

        for (int i = 0; i < 500; i++) {
            int narrow = random.nextInt(2_000);
            assertThat(maps.candidates(Map.of("x", 10 * narrow + 2))).isEqualTo(3);
            assertThat(maps.candidates(Map.of("x", 10 * narrow + 7))).isEqualTo(2);
        }
    }

    @Test
    void candidates_ofBoxes_areFoundByThePoint() {
        for (int i = 0; i < 2_500; i++) {
            int x = 10 * (i % 50);
            int y = 10 * (i / 50);
            maps.index.add(Query.and(Query.between("x", x, x + 9), Query.between("y", y, y + 9)), i);
        }

        for (int i = 0; i < 500; i++) {
            assertThat(maps.candidates(Map.of("x", 10 * random.nextInt(50) + 5, "y", 10 * random.nextInt(50) + 5)))
                    .isEqualTo(1);
        }
        assertThat(maps.index.matches()).isEqualTo(500);
    }

    @Test
    void candidates_ofEverything_areFoundByEachRecord() {
        Handle<Integer> all = maps.index.add(Query.everything(), 1);
        maps.index.add(Query.nothing(), 2);
        maps.index.add(Query.notEqual("gone", 1), 3);

        assertThat(maps.index.unindexed()).isEqualTo(1);
        assertThat(maps.candidates(player("online", 1))).isEqualTo(1);
        maps.index.remove(all);
        assertThat(maps.index.unindexed()).isZero();
        assertThat(maps.candidates(player("online", 1))).isZero();
    }

    @Test
    void add_equalQueriesWrittenDifferently_areOneAndAskedOnce() {
        List<Query.Filter> zones =
                List.of(inZone(7), inZone(7.0), inZone(new BigDecimal("7.00")), Query.or(inZone(7L)));
        List<Query.Filter> statuses = List.of(
                Query.equal("status", "a", "b"),
                Query.equal("status", "b", "a", "b", null),
                Query.or(Query.equal("status", "b"), Query.and(Query.equal("status", "a"))));
        for (int i = 0; i < 1_000; i++) {
            Query.Filter zone = zones.get(random.nextInt(zones.size()));
            Query.Filter status = statuses.get(random.nextInt(statuses.size()));
            Query.Filter group = random.nextBoolean() ? Query.and(zone, status) : Query.and(status, zone, status);
            maps.index.add(random.nextBoolean() ? group : Query.and(zones.get(random.nextInt(4)), Query.or(group)), i);
        }

        assertThat(maps.index.subscribers()).isEqualTo(1_000);
        assertThat(maps.index.queries()).isEqualTo(1);
        assertThat(maps.candidates(player("a", 7))).isEqualTo(1);
    }

    private void assertOneCandidate(List<Object> list) {
        assertThat(maps.candidates(Map.of("l", list))).isEqualTo(1);
    }

    /** Of the two values, all ask for one; the normal form puts it first or last. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "z"})
    void containsAll_aCommonAndARareValue_isFoundByTheRareOne(String common) {
        for (int i = 0; i < 64; i++) {
            maps.candidates(Map.of("l", List.of(common, "other")));
        }
        for (int i = 0; i < 2_000; i++) {
            maps.index.add(Query.and(Query.contains("l", common), Query.contains("l", "t" + i)), i);
        }

        assertOneCandidate(List.of(common, "t7"));
        assertThat(maps.candidates(Map.of("l", List.of(common)))).isZero();
    }

    @Test
    void containsAll_beforeAnyRecord_isNotFiledUnderWhatAllAskFor() {
        for (int i = 0; i < 10_000; i++) {
            maps.index.add(Query.containsAll("l", "a", "t" + i), i);
        }

        assertThat(maps.candidates(Map.of("l", List.of("a", "t7")))).isBetween(1L, 250L);
    }

    @Test
    void containsAll_withinAnOr_isFoundByTheRareValueOfEachPart() {
        for (int i = 0; i < 64; i++) {
            maps.candidates(Map.of("l", List.of(1, 2, 3), "m", List.of(1)));
        }
        for (int i = 10; i < 1_000; i++) {
            maps.index.add(Query.or(Query.containsAll("l", 1, 2, i, 3), Query.containsAll("m", 1, -i)), i);
        }

        assertOneCandidate(List.of(1, 2, 3, 500));
        assertThat(maps.candidates(Map.of("m", List.of(1, -500)))).isEqualTo(1);
        assertThat(maps.candidates(Map.of("l", List.of(1, 2, 3), "m", List.of(1))))
                .isZero();
    }

    @Test
    void or_ofBoxesThatBeginInOneCell_isFoundByEach() {
        maps.index.add(Query.or(box(0.1, 0.1, 1), box(0.1, 0.1, 1.1), box(0.2, 3.5, 1), box(0.2, 3.9, 1)), 1);

        for (double y : new double[] {0.5, 1.15, 3.6, 4.8}) {
            assertThat(maps.candidates(Map.of("x", 0.3, "y", y))).isEqualTo(1);
        }
        assertThat(maps.index.matches()).isEqualTo(4);
    }

    private static Query.Filter box(double x, double y, double size) {
        return Query.and(Query.between("x", x, x + size), Query.between("y", y, y + size));
    }

    private void assertBoxesAreFound() {
        for (int i = 0; i < 200; i++) {
            assertThat(maps.candidates(Map.of("x", 10 * i + 0.5, "y", 10 * i + 0.5, "a0", 1, "b7", 1)))
                    .isEqualTo(1);
        }
    }

    private void assertUnharmedBy(List<Query.Filter> hostile) {
        for (int i = 0; i < 64; i++) {
            maps.candidates(Map.of("x", 1_000 + i, "y", 1_000 - i));
        }
        List<Handle<Integer>> others = hostile.subList(0, hostile.size() / 2).stream()
                .map(filter -> maps.index.add(filter, -1))
                .toList();
        for (int i = 0; i < 200; i++) {
            maps.index.add(box(10 * i, 10 * i, 1), i);
        }
        List<Handle<Integer>> more = hostile.subList(hostile.size() / 2, hostile.size()).stream()
                .map(filter -> maps.index.add(filter, -1))
                .toList();
        assertBoxesAreFound();

        others.forEach(maps.index::remove);
        more.forEach(maps.index::remove);
        assertBoxesAreFound();
    }

    @Test
    @Promise("grid-isolation")
    void boxes_ofManySizesOfOthers_takeNoGridAway() {
        assertUnharmedBy(IntStream.range(0, 400)
                .mapToObj(i -> Query.and(
                        Query.between("x", -1e9, -1e9 + Math.scalb(1.0, i % 20)),
                        Query.between("y", -1e9, -1e9 + Math.scalb(1.0, i / 20))))
                .<Query.Filter>map(filter -> filter)
                .toList());
    }

    @Test
    @Promise("grid-isolation")
    void boxes_ofManyPairsOfOthers_takeNoGridAway() {
        assertUnharmedBy(IntStream.range(0, 400)
                .<Query.Filter>mapToObj(i ->
                        Query.and(Query.between(i % 2 == 0 ? "x" : "a" + i, -9, -8), Query.between("y", -9, -8)))
                .toList());
        assertUnharmedBy(IntStream.range(0, 100)
                .<Query.Filter>mapToObj(i -> Query.and(Query.between("x", -9, -8), Query.between("b" + i, -9, -8)))
                .toList());
    }

    @Test
    void candidates_ofListsAndMaps_areFoundByEachElement() {
        for (int i = 0; i < 500; i++) {
            maps.index.add(Query.equal("v", List.of(List.of("x", List.of(i), Map.of("k", i)))), i);
            maps.index.add(Query.equal("v", Map.of("a", i, "b", List.of(1.5, true))), 1_000 + i);
            maps.index.add(Query.contains("v", Map.of("id", i)), 2_000 + i);
            maps.index.add(Query.containsAny("v", List.of(i), List.of(-1 - i)), 3_000 + i);
        }

        assertThat(maps.candidates(Map.of("v", List.of("x", List.of(7), Map.of("k", 7.0)))))
                .as("a list, and an element of it")
                .isEqualTo(2);
        assertThat(maps.candidates(Map.of("v", Map.of("b", List.of(1.5, true), "a", 7))))
                .isEqualTo(1);
        assertThat(maps.candidates(Map.of("v", List.of(Map.of("id", 7), Map.of("id", 7), List.of(-8)))))
                .isEqualTo(2);
        assertThat(maps.candidates(Map.of("v", List.of("x", List.of(), 7)))).isZero();
        assertThat(maps.index.matches()).isEqualTo(5);
    }

    @Test
    void elemMatch_withAnEquality_isFoundByIt() {
        for (int i = 0; i < 500; i++) {
            maps.index.add(Query.elemMatch("l", Query.equal("id.n", i), Query.greaterThan("size", 1)), i);
            Query.Filter either = Query.or(Query.equal("a", -i), Query.equal("b", "x" + i));
            maps.index.add(Query.and(Query.isNotNull("l"), Query.elemMatch("l", either, Query.isNotNull("a"))), -i);
        }

        Map<String, Object> seven = Map.of("id", Map.of("n", 7), "size", 2);
        assertThat(maps.candidates(Map.of("l", List.of(seven, seven, "other")))).isEqualTo(1);
        assertThat(maps.candidates(Map.of("l", List.of(Map.of("b", "x9", "a", 1), Map.of("a", -9)))))
                .isEqualTo(1);
        assertThat(maps.candidates(Map.of("l", List.of(Map.of("id", 7), Map.of("n", 7)))))
                .isZero();
        assertThat(maps.index.matches()).isEqualTo(2);
    }

    @Test
    void times_withinASecond_areFoundToTheNanosecond() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 500; i++) {
            Instant from = start.plusNanos(1_000L * i);
            maps.index.add(
                    Query.between("t", from.toString(), from.plusNanos(500).toString()), i);
        }

        assertThat(maps.candidates(Map.of("t", start.plusNanos(7_250)))).isEqualTo(1);
        assertThat(maps.candidates(Map.of("t", start.plusNanos(7_750)))).isZero();
    }

    @Test
    void nulls_ofManySlots_areFoundWhereTheSlotIsNull() {
        for (int i = 0; i < 2_000; i++) {
            Query.Filter isNull = Query.isNull("p" + i % 1_000);
            maps.index.add(i < 1_000 ? isNull : Query.or(isNull, Query.equal("q", i)), i);
        }

        assertThat(maps.candidates(Map.of())).isEqualTo(2_000);
        assertThat(maps.candidates(Map.of("p1", 1, "p999", "x"))).isEqualTo(1_996);
        assertThat(maps.index.matches()).isEqualTo(3_996);
    }
}
