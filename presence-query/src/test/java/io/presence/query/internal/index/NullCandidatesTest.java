package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.fixture.Promise;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Queries that are found by an attribute being null, each by one of its own, cost what a scan of them does. */
class NullCandidatesTest {

    private static final int QUERIES = 50_000;

    private final Maps<Integer> maps = new Maps<>();
    private int matched;

    private long operations(Map<String, ?> record) {
        matched = 0;
        return maps.index.match(null, record, Long.MAX_VALUE, new MatchVisitor.Bounded<Integer>() {
            @Override
            public void matched(Integer subscriber, boolean before, boolean after) {
                matched++;
            }

            @Override
            public void undecided(Integer subscriber) {
                throw new AssertionError(subscriber);
            }
        });
    }

    /** A scan visits each query and evaluates at least one instruction of it. */
    @Test
    @Promise("null-candidates")
    void match_manyNullPostings_takesNoMoreOperationsThanAScan() {
        for (int i = 0; i < QUERIES; i++) {
            maps.index.add(Query.isNull("m.k" + i), i);
        }
        assertThat(maps.index.unindexed()).isZero();

        long none = operations(Map.of("m", Map.of("other", 1)));
        assertThat(matched).isEqualTo(QUERIES);
        assertThat(none).isBetween((long) QUERIES, 2L * QUERIES);

        Map<String, Object> keys = new HashMap<>();
        for (int i = 0; i < QUERIES - 10; i++) {
            keys.put("k" + i, 1);
        }
        long few = operations(Map.of("m", keys));
        assertThat(matched).isEqualTo(10);
        assertThat(few).as("one look-up of each key").isLessThan(QUERIES + 100);
    }
}
