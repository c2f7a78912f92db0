package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Query;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Nothing is left of queries that came and went. */
class ChurnTest {

    private static final int MOST = 2_000;
    private static final Map<String, ?> RECORD = Map.of("a", 7, "k", Map.of("x", "ab", "y", 3.5), "l", List.of("a"));

    private final SplittableRandom random = Seed.random();
    private final RandomCases cases = new RandomCases(Seed.SEED);
    private final Maps<Integer> maps = new Maps<>();
    private final List<Handle<Integer>> registrations = new ArrayList<>();

    @Test
    void addAndRemove_inAnyOrder_leaveNothing() {
        assertNothingLeft(100_000, this::simple);
    }

    @Test
    void addAndRemove_queriesOfEveryShape_leaveNothing() {
        assertNothingLeft(6_000, cases::filter);
    }

    private void assertNothingLeft(int operations, Supplier<Query.Filter> filters) {
        for (int i = 0; i < operations; i++) {
            boolean grows = i * 9L / operations % 2 == 0;
            if (registrations.isEmpty() || registrations.size() < MOST && random.nextInt(3) != 0 == grows) {
                registrations.add(maps.index.add(filters.get(), i));
            } else {
                removeOne();
            }
            if (i > operations * 9 / 10 && i % 32 == 0) {
                maps.candidates(random.nextBoolean() ? RECORD : cases.record());
            }
        }
        assertThat(maps.index.subscribers()).isEqualTo(registrations.size()).isPositive();
        assertThat(maps.index.isEmpty()).isFalse();
        while (!registrations.isEmpty()) {
            removeOne();
        }
        assertThat(maps.index.isEmpty()).isTrue();
        assertThat(maps.index.queries()).isZero();
        assertThat(maps.index.subscribers()).isZero();
        assertThat(maps.index.unindexed()).isZero();
        assertThat(maps.candidates(RECORD)).isZero();
    }

    /** A query that is quick to make: most of these are filed alone. */
    private Query.Filter simple() {
        int n = random.nextInt(10_000);
        return switch (random.nextInt(8)) {
            case 0 -> Query.equal("k.x" + n, n);
            case 1 -> Query.between("a", n, n + 5);
            case 2 -> Query.startsWith("k.x", Integer.toString(n));
            case 3 -> Query.contains("l", n, "a");
            case 4 -> Query.and(Query.between("a", n, n + 5), Query.between("k.y", -n, 9));
            case 5 -> Query.elemMatch("l", Query.equal("x", n));
            case 6 -> Query.or(Query.isNull("k." + n % 100), Query.lessThan("k.x", "b" + n));
            default -> Query.equal("a", n, n + 1, n + 2);
        };
    }

    private void removeOne() {
        int at = random.nextInt(registrations.size());
        Handle<Integer> gone = registrations.set(at, registrations.get(registrations.size() - 1));
        registrations.remove(registrations.size() - 1);
        maps.index.remove(gone);
        maps.index.remove(gone);
    }

    @Test
    void plan_afterChurn_leavesNothing() {
        for (int i = 0; i < 300; i++) {
            maps.index.plan(cases.filter());
        }

        assertThat(maps.index.isEmpty()).isTrue();
    }

    /* A query under two equal terms has one posting, and one without a term has one in the list of all records. */
    @Test
    void postings_ofQueries_areThoseOfTheirDifferentTerms() {
        Query.Filter one = Query.and(Query.equal("a", 1), Query.endsWith("b", "x"));
        Query.Filter other = Query.and(Query.equal("a", 1), Query.endsWith("b", "y"));
        Handle<Integer> both = maps.index.add(Query.or(one, other), 0);
        assertThat(maps.index.postings()).isEqualTo(1);
        maps.index.add(Query.equal("a", 1, 2, 3), 1);
        assertThat(maps.index.postings()).isEqualTo(4);
        maps.index.remove(both);
        assertThat(maps.index.postings()).isEqualTo(3);

        assertThat(maps.index.unindexed()).isZero();
        maps.index.add(Query.everything(), 2);
        assertThat(maps.index.unindexed()).isEqualTo(1);
        assertThat(maps.candidates(Map.of("b", 1))).isEqualTo(1);
    }
}
