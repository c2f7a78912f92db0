package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The allocations of a match and of a test: none, compiled or not.
 *
 * <p>Counted in rounds, of which the one that took least is the answer: now and then the compiler allocates, or queries
 * are planned anew; a call that allocates does so in every round.
 */
class AllocationTest {

    private static final int CALLS = 2_000;
    private static final int ROUNDS = 10;
    private static final Runnable NOTHING = () -> {};

    private final StandingQueries<Map<String, ?>, String> queries = new StandingQueries<>(RecordSchema.maps());
    private final Map<String, Object> before = record(1);
    private final Map<String, Object> after = record(2);
    private long matched;
    private final MatchVisitor<String> count = (subscriber, matchedBefore, matchesAfter) -> matched++;
    /* Keeps what was made, so that the compiler can't do without making it. */
    private volatile Object kept;

    private static Map<String, Object> record(int n) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("zone", 1_000L + n);
        metadata.put("x", 0.5 + n);
        metadata.put("y", 10_000_000L + n);
        metadata.put("tags", new ArrayList<>(List.of("red", "blue" + n)));
        Map<String, Object> record = new HashMap<>();
        record.put("status", n == 1 ? "online" : "away");
        record.put("name", "ada" + n);
        record.put("since", Instant.ofEpochSecond(1_767_225_600L + n, n));
        record.put("metadata", metadata);
        return record;
    }

    private static List<Query.Filter> filters(int n) {
        return List.of(
                Query.and(Query.equal("status", "online"), Query.equal("metadata.zone", 1_000L + n)),
                Query.equal("metadata.x", 0.5 + n, "a", true),
                Query.and(Query.between("metadata.x", n, n + 1), Query.between("metadata.y", 0, 20_000_000L)),
                Query.greaterThan("metadata.y", 10_000_000L + n),
                Query.startsWith("name", "ada" + n % 3),
                Query.and(Query.lessThan("name", "b" + n), Query.contains("name", "da")),
                Query.contains("metadata.tags", "blue" + n, "green"),
                Query.and(Query.isNull("gone"), Query.notEqual("name", "bob" + n)),
                Query.or(
                        Query.equal("since", Instant.ofEpochSecond(1_767_225_600L + n, n)),
                        Query.endsWith("name", "1"),
                        Query.endsWith("name", "2")),
                Query.and(Query.lessThan("since", Instant.ofEpochSecond(1_800_000_000L + n)), Query.exists("name")));
    }

    @Test
    void match_afterWarmUp_allocatesNothing() {
        for (int n = 0; n < 30; n++) {
            filters(n).forEach(filter -> queries.add(filter, "s"));
        }
        assertAllocatesNothing(() -> queries.match(null, after, count));
        assertAllocatesNothing(() -> queries.match(before, after, count));
        assertAllocatesNothing(() -> queries.match(before, null, count));
        assertThat(queries.stats().matches()).isGreaterThan(20L * CALLS * ROUNDS);
        assertThat(matched).isPositive();
    }

    @Test
    void test_afterWarmUp_allocatesNothing() {
        for (Query.Filter filter : filters(1)) {
            CompiledQuery<Map<String, ?>> query = CompiledQuery.compile(filter, RecordSchema.maps());
            matched = 0;
            assertAllocatesNothing(() -> matched += (query.test(before) ? 1 : 0) + (query.test(after) ? 1 : 0));
            assertThat(matched).as("%s", filter).isGreaterThan(0);
        }
    }

    @Test
    void test_anElemMatch_allocatesNothing() {
        Map<String, Object> record = new HashMap<>(after);
        record.put("list", new ArrayList<>(List.of(record(1), "no map", record(2))));
        CompiledQuery<Map<String, ?>> query = CompiledQuery.compile(
                Query.elemMatch("list", Query.equal("name", "ada2"), Query.greaterThan("metadata.x", 2)),
                RecordSchema.maps());

        assertAllocatesNothing(() -> matched += query.test(record) ? 1 : 0);
        assertThat(matched).isEqualTo((long) CALLS * ROUNDS);
    }

    @Test
    void counter_ofAllocatedBytes_counts() {
        assertThat(leastOfRounds(() -> kept = new byte[16])).isGreaterThanOrEqualTo(CALLS * 32L);
    }

    private static void assertAllocatesNothing(Runnable call) {
        assertThat(leastOfRounds(call) - leastOfRounds(NOTHING))
                .as("bytes allocated by " + CALLS + " calls")
                .isZero();
    }

    private static long leastOfRounds(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, Allocation.bytes(() -> {
                for (int i = 0; i < CALLS; i++) {
                    call.run();
                }
            }));
        }
        return least;
    }
}
