package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.access.Plan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many queries are asked for each event: the cost that does not depend on the machine. */
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
    void zones_candidatesDoNotGrowWithTheQueries(int zones) {
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
        assertThat(choice.cover().terms()).as("where one more would be filed").hasSize(1);
        assertThat(maps.index.unindexed()).isZero();
    }

    /** A value seems to be rarer than a prefix, as sorts of conditions go; but all ask for the same. */
    @Test
    void queriesThatComeBeforeAnyRecord_areNotAllFiledUnderWhatTheyShare() {
        for (int i = 0; i < 10_000; i++) {
            maps.index.add(Query.and(Query.equal("status", "online"), Query.startsWith("room", i + "-")), i);
        }

        assertThat(maps.candidates(Map.of("status", "online", "room", "7-b"))).isBetween(1L, 250L);
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
    void or_isFoundByEachOfItsParts() {
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
    void ranges_aWideOneDoesNotHideTheNarrowOnes() {
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
    void boxes_areFoundByThePoint() {
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
    void everything_isAskedOfEveryRecord() {
        Registration<Integer> all = maps.index.add(Query.everything(), 1);
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
}
