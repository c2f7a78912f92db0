package io.presence.query.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest filters that are let in are normalised in n log n comparisons of values. */
class NormalizerCostTest {

    private static final int NODES = 256;
    private static final int VALUES = 500;
    private static final int DEPTH = 16;
    private static final AttributePath A = AttributePath.of("a");

    @ParameterizedTest
    @EnumSource(names = {"EQUAL", "NOT_EQUAL", "CONTAINS_ALL"})
    void normalize_wideGroup_isBounded(Method method) {
        List<Query.Filter> filters = comparisons(NODES - 1, method, new Random(1));

        assertBounded(new Query.And(filters), NODES * VALUES);
        assertBounded(new Query.Or(filters), NODES * VALUES);
    }

    @ParameterizedTest
    @EnumSource(names = {"EQUAL", "NOT_EQUAL", "CONTAINS_ALL"})
    void normalize_sameFilterEachTime_isBounded(Method method) {
        Query.Filter filter = comparison(method, IntStream.range(0, VALUES));
        List<Query.Filter> pairs = IntStream.range(0, NODES / 4)
                .<Query.Filter>mapToObj(i -> new Query.And(List.of(filter, Query.isNull("b" + i))))
                .toList();

        assertBounded(new Query.Or(pairs), NODES * VALUES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void normalize_randomTree_isBounded(long seed) {
        Random random = new Random(seed);
        List<Query.Filter> open = new ArrayList<>();
        for (int level = 0; level < DEPTH; level++) {
            Method method = level % 2 == 0 ? Method.NOT_EQUAL : Method.EQUAL;
            open.addAll(comparisons(NODES / DEPTH - 1, method, random));
            Query.Filter group = level % 2 == 0 ? new Query.And(open) : new Query.Or(open);
            open = new ArrayList<>(List.of(group));
        }

        assertBounded(open.get(0), NODES * VALUES);
    }

    @Test
    void normalize_groupsOfOne_areBoundedByLevel() {
        int nodes = NODES / DEPTH;
        Query.Filter filter = new Query.And(comparisons(nodes, Method.NOT_EQUAL, new Random(1)));
        for (int level = 1; level < DEPTH; level++) {
            filter = level % 2 == 0 ? new Query.And(List.of(filter)) : new Query.Or(List.of(filter));
        }

        assertBounded(filter, DEPTH * nodes * VALUES);
    }

    private static void assertBounded(Query.Filter filter, int size) {
        AtomicLong calls = new AtomicLong();
        Comparator<Object> order = ValueOrder.INSTANCE;
        Normalizer.normalize(filter, (a, b) -> {
            calls.incrementAndGet();
            return order.compare(a, b);
        });

        double bound = 2.0 * size * Math.log(size) / Math.log(2);
        assertThat((double) calls.get()).isBetween((double) VALUES, bound);
    }

    private static List<Query.Filter> comparisons(int count, Method method, Random random) {
        return IntStream.range(0, count)
                .mapToObj(i -> comparison(method, random.ints(VALUES)))
                .toList();
    }

    private static Query.Filter comparison(Method method, IntStream values) {
        return new Query.Comparison(
                method, A, values.<Object>mapToObj(value -> value).toList());
    }
}
