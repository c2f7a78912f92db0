package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Query;
import io.presence.query.QueryLimits;
import io.presence.query.fixture.Promise;
import io.presence.query.fixture.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adding a legal query takes a bounded number of operations, whatever it asks and whatever records have. */
class AddCostTest {

    private static final int MAX_OPERATIONS = 32_768;
    private static final int MAX_TERMS = 4_096;
    private static final int LIST = 12_000;

    private final SplittableRandom random = Seed.random();
    private final Maps<Integer> maps = new Maps<>();

    @BeforeEach
    void sampleRecordsWithLongLists() {
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            record.put("p" + i, i % 2 == 0 ? Collections.nCopies(LIST, "z") : "text" + i);
        }
        for (int i = 0; i < 64; i++) {
            maps.candidates(record);
        }
    }

    private List<Object> values(int count) {
        int kind = random.nextInt(5);
        return IntStream.range(0, count)
                .mapToObj(i -> switch (kind) {
                    case 0 -> (Object) (long) i;
                    case 1 -> "v" + i;
                    case 2 -> String.format("2026-01-%02dT%02d:00:00Z", 1 + i % 28, i / 28 % 24);
                    case 3 -> List.of(i, "a");
                    default -> Map.of("k", i);
                })
                .toList();
    }

    private Query.Filter leaf(int values) {
        String path = "p" + random.nextInt(64);
        return switch (random.nextInt(7)) {
            case 0 -> Query.equal(path, values(values));
            case 1 -> Query.containsAny(path, values(values));
            case 2 -> Query.containsAll(path, values(values));
            case 3 -> Query.between(path, random.nextInt(100), 100);
            case 4 -> Query.startsWith(path, "x".repeat(1 + random.nextInt(200)));
            case 5 -> Query.isNull(path);
            default -> Query.elemMatch(path, Query.equal("k", (Object) "v", random.nextInt()));
        };
    }

    /** Groups within groups, sixteen levels deep at most. */
    private Query.Filter group(int nodes, int depth, int values) {
        List<Query.Filter> parts = new ArrayList<>();
        int left = nodes;
        while (left > 1) {
            boolean nests = depth > 3 && random.nextInt(4) == 0;
            int size = nests ? 1 + random.nextInt(left) : 2;
            parts.add(nests ? group(size, depth - 1, values) : leaf(values));
            left -= size;
        }
        parts.add(leaf(values));
        return random.nextBoolean() ? Query.and(parts) : Query.or(parts);
    }

    @Test
    @Promise("planning-cost")
    void add_anyLegalQuery_takesBoundedOperations() {
        long worst = 0;
        for (int i = 0; i < 120; i++) {
            int nodes = 1 + random.nextInt(100);
            Query.Filter filter = group(nodes, 14, 1 + random.nextInt(Math.min(160, 20_000 / nodes)));
            QueryLimits.DEFAULT.check(filter);
            worst = Math.max(worst, operations(filter));
        }
        assertThat(worst).isGreaterThan(1_000);
    }

    private long operations(Query.Filter filter) {
        long before = maps.index.operations();
        Handle<Integer> registration = maps.index.add(filter, 1);
        long operations = maps.index.operations() - before;
        assertThat(operations).as("%s", filter.method()).isLessThanOrEqualTo(MAX_OPERATIONS);
        assertThat(maps.index.postings()).isLessThanOrEqualTo(4 * MAX_TERMS);
        maps.index.remove(registration);
        assertThat(maps.index.isEmpty()).isTrue();
        return operations;
    }

    @Test
    void add_twiceAsManyValues_takesNoMoreThanTwiceTheOperations() {
        List<Object> values =
                IntStream.range(0, 500).<Object>mapToObj(i -> "v" + i).toList();
        long half = operations(Query.containsAll("p1", values.subList(0, 250)));
        long whole = operations(Query.containsAll("p1", values));

        assertThat(whole).isLessThanOrEqualTo(2 * half);
    }

    @Test
    void add_moreValuesThanAreFiled_isFoundByWhatTheAttributesAre() {
        List<Query.Filter> parts = IntStream.range(0, 10)
                .<Query.Filter>mapToObj(i -> Query.equal("q" + i, values(500)))
                .toList();
        maps.index.add(Query.or(parts), 1);

        assertThat(maps.index.postings()).isEqualTo(10);
        assertThat(maps.candidates(Map.of("q3", "x"))).isEqualTo(1);
        assertThat(maps.candidates(Map.of("r", "x"))).isZero();
    }

    /** As many equal hash codes as there are values would make a set of them quadratic. */
    @Test
    void add_partsWithTheSameTerms_areFiledOnceEach() {
        List<Query.Filter> parts = IntStream.range(0, 100)
                .<Query.Filter>mapToObj(i -> Query.and(Query.equal("a", 1), Query.endsWith("b", "x" + i)))
                .toList();
        maps.index.add(Query.or(parts), 1);

        assertThat(maps.index.postings()).isEqualTo(1);
    }
}
