package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.internal.index.Entry;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The cost of queries and records that are made to be slow, counted in characters and elements read and queries
 * evaluated.
 */
class HostileInputTest {

    private static final MatchVisitor<Integer> NOBODY = (subscriber, before, after) -> {};

    private final StandingQueries<Map<String, ?>, Integer> queries = new StandingQueries<>(RecordSchema.maps());
    private int reads;

    /** Counts how often something is read of it. */
    private final class Counting extends AbstractMap<String, Object> {
        private final Map<String, Object> map;

        private Counting(Map<String, Object> map) {
            this.map = map;
        }

        @Override
        public Object get(Object key) {
            reads++;
            return map.get(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return map.size();
                }

                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    reads += map.size();
                    return map.entrySet().iterator();
                }
            };
        }
    }

    private Map<String, Object> counting(int keys) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keys; i++) {
            map.put("k" + i * 100, 1);
        }
        return new Counting(map);
    }

    @Test
    void match_manyPathsOfWhichARecordHasTwo_doesNotReadTheOthers() {
        for (int i = 0; i < 20_000; i++) {
            queries.add(Query.equal("metadata.k" + i, 1), i);
        }
        Map<String, Object> record = Map.of("metadata", counting(10));
        for (int i = 0; i < 100; i++) {
            queries.match(null, record, NOBODY);
        }

        assertThat(reads).isLessThanOrEqualTo(100 * 10);
        assertThat(queries.stats().candidates()).isEqualTo(100 * 10);
        assertThat(queries.stats().matches()).isEqualTo(100 * 10);
    }

    @Test
    void match_manyQueriesOfOnePath_readThePathOnce() {
        for (int i = 0; i < 1_000; i++) {
            queries.add(Query.and(Query.equal("metadata.k0", 1), Query.notEqual("metadata.k100", i)), i);
        }
        queries.match(null, Map.of("metadata", counting(10)), NOBODY);

        assertThat(queries.stats().candidates()).isEqualTo(1_000);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void test_anAttributeThatNothingAsksFor_isNotRead() {
        CompiledQuery<Map<String, ?>> query = CompiledQuery.compile(
                Query.and(
                        Query.isNull("gone"), Query.contains("metadata.k0", "a"), Query.contains("metadata.k100", "a")),
                RecordSchema.maps());
        Map<String, Object> metadata = counting(10);

        assertThat(query.test(Map.of("gone", 1, "metadata", metadata))).isFalse();
        assertThat(reads).isZero();
        assertThat(query.test(Map.of("metadata", metadata))).isFalse();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void match_nestedElemMatch_readsEachElementOnce() {
        Query.Filter filter = Query.equal("k0", 2);
        Object list = List.of(counting(1));
        for (int depth = 0; depth < 12; depth++) {
            filter = Query.elemMatch("list", filter);
            Map<String, Object> element = new Counting(new HashMap<>(Map.of("list", list)));
            list = List.of(element, element);
        }
        CompiledQuery<Map<String, ?>> query =
                CompiledQuery.compile(Query.elemMatch("top", filter), RecordSchema.maps());
        reads = 0;

        assertThat(query.test(Map.of("top", list))).isFalse();
        assertThat(reads).as("elements, seen from all sides").isEqualTo((1 << 13) - 2 + (1 << 12));
    }

    /** Needles that nearly match everywhere: a search that began anew at each place would spend 255 times as much. */
    @Test
    void match_longNeedleInLongText_spendsThePassesOverTheText() {
        String text = "a".repeat(16 * 1_024);
        String needle = "a".repeat(255);
        queries.add(Query.contains("text", needle + "b"), 1);
        queries.add(Query.contains("text", needle), 2);
        List<Integer> matched = new ArrayList<>();
        MatchVisitor.Bounded<Integer> visitor = new MatchVisitor.Bounded<>() {
            @Override
            public void matched(Integer subscriber, boolean before, boolean after) {
                matched.add(subscriber);
            }

            @Override
            public void undecided(Integer subscriber) {
                throw new AssertionError("must be decided: " + subscriber);
            }
        };
        long spent = queries.match(null, Map.of("text", text), 1_000_000, visitor)
                + queries.match(null, Map.of("text", text + "b"), 1_000_000, visitor);

        assertThat(matched).containsExactlyInAnyOrder(2, 1, 2);
        assertThat(spent).isLessThan(2 * 2 * 2L * (text.length() + 1) + 100);
    }

    @Test
    void match_listOfEqualElements_runsEachQueryOnce() {
        for (int i = 0; i < 100; i++) {
            queries.add(Query.and(Query.contains("tags", "a"), Query.notEqual("name", i)), i);
        }
        List<Integer> matched = new ArrayList<>();
        Map<String, Object> record = Map.of("name", "ada", "tags", Collections.nCopies(5_000, "a"));
        queries.match(record, record, (subscriber, before, after) -> matched.add(subscriber));

        assertThat(matched).hasSize(100).doesNotHaveDuplicates();
        assertThat(queries.stats().candidates()).isEqualTo(200);
    }

    @Test
    void match_valuesOfOneHashCode_runsOnlyTheQueriesOfTheValue() {
        for (int i = 0; i < 1 << 13; i++) {
            queries.add(Query.equal("name", colliding(i)), i);
        }
        assertThat(colliding(0).hashCode()).isEqualTo(colliding(77).hashCode());
        for (int i = 0; i < 1 << 13; i += 100) {
            queries.match(null, Map.of("name", colliding(i)), NOBODY);
        }
        assertThat(queries.stats().candidates()).isEqualTo(82);
        assertThat(queries.stats().matches()).isEqualTo(82);
    }

    private static String colliding(int n) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            text.append((n >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
