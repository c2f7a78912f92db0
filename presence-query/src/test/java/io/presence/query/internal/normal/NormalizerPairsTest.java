package io.presence.query.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Method;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every pair of things that can be said of one attribute, joined both ways, against every kind of value. */
class NormalizerPairsTest {

    private static final AttributePath A = AttributePath.of("a");
    private static final List<List<Object>> OPERANDS = List.of(
            Arrays.asList(7, 7),
            Arrays.asList(7.0, 8),
            Arrays.asList(8, 7),
            Arrays.asList("7", 8),
            Arrays.asList("ab", "a"),
            Arrays.asList(FilterArbitraries.TIMES.get(0), FilterArbitraries.TIMES.get(1)),
            Arrays.asList(FilterArbitraries.TIMES.get(1), FilterArbitraries.TIMES.get(2)),
            Arrays.asList(true, List.of(7)),
            Arrays.asList(Map.of("a", 7), null));
    private static final List<Object> VALUES = Stream.concat(
                    FilterArbitraries.recordScalars().stream(),
                    Stream.of(
                            List.of(),
                            List.of(7),
                            List.of("a", 7.0),
                            List.of("ab", "a"),
                            List.of(List.of(7L)),
                            List.of(Map.of("a", 7)),
                            Map.of("a", 7)))
            .toList();

    private final List<Attributes> records = records();
    private final Map<Query.Filter, BitSet> byNormalForm = new HashMap<>();

    @Test
    void normalize_everyPair_holdsForTheSameValues() {
        List<Query.Filter> leaves = leaves();
        List<BitSet> matching = leaves.stream().map(this::matching).toList();
        for (int i = 0; i < leaves.size(); i++) {
            for (int j = 0; j < leaves.size(); j++) {
                List<Query.Filter> pair = List.of(leaves.get(i), leaves.get(j));
                BitSet both = (BitSet) matching.get(i).clone();
                BitSet either = (BitSet) both.clone();
                both.and(matching.get(j));
                either.or(matching.get(j));
                assertHolds(new Query.And(pair), both);
                assertHolds(new Query.Or(pair), either);
            }
        }
        assertThat(byNormalForm).hasSizeGreaterThan(1000);
    }

    @Test
    void hash_everyPair_isAnother() {
        Map<Long, Query.Filter> byHash = new HashMap<>();
        for (Query.Filter left : leaves()) {
            for (Query.Filter right : leaves()) {
                Query.Filter normal = Normalizer.normalize(new Query.And(List.of(left, right)));
                Query.Filter sameHash = byHash.put(FilterHash.hash(normal, 1), normal);
                assertThat(sameHash).isIn(null, normal);
            }
        }
        assertThat(byHash).hasSizeGreaterThan(1000);
    }

    @Test
    void order_everyPair_isZeroOnlyForEqualFilters() {
        CanonicalOrder order = new CanonicalOrder(ValueOrder.INSTANCE);
        List<Query.Filter> leaves = leaves().stream().map(Normalizer::normalize).toList();
        for (Query.Filter left : leaves) {
            for (Query.Filter right : leaves) {
                int sign = Integer.signum(order.compare(left, right));
                assertThat(sign == 0).as("%s, %s", left, right).isEqualTo(left.equals(right));
                assertThat(sign).isEqualTo(-Integer.signum(order.compare(right, left)));
            }
        }
    }

    private void assertHolds(Query.Filter filter, BitSet expected) {
        Query.Filter normal = Normalizer.normalize(filter);
        assertThat(byNormalForm.computeIfAbsent(normal, this::matching))
                .as("%s as %s", filter, normal)
                .isEqualTo(expected);
    }

    private BitSet matching(Query.Filter filter) {
        BitSet matching = new BitSet();
        for (int i = 0; i < records.size(); i++) {
            matching.set(i, Interpreter.matches(filter, records.get(i)));
        }
        return matching;
    }

    private static List<Query.Filter> leaves() {
        List<Query.Filter> leaves = new ArrayList<>(List.of(
                Query.isNull("a"),
                Query.isNotNull("a"),
                Query.everything(),
                Query.nothing(),
                Query.elemMatch("a", Query.equal("a", 7))));
        Stream.of(Method.values())
                .filter(method -> method.kind() == Method.Kind.COMPARISON)
                .forEach(method -> OPERANDS.forEach(operands -> leaves.add(comparison(method, operands))));
        return leaves;
    }

    private static Query.Filter comparison(Method method, List<Object> operands) {
        return new Query.Comparison(method, A, operands.subList(0, Math.min(2, method.maxValues())));
    }

    private static List<Attributes> records() {
        List<Attributes> records = new ArrayList<>(List.of(Attributes.of(Map.of())));
        VALUES.forEach(value -> records.add(Attributes.of(Collections.singletonMap("a", value))));
        return records;
    }
}
