package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Method;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Filters and records over three attributes and few values, so that they say much about the same and often agree. */
final class FilterArbitraries extends DomainContextBase {

    static final List<AttributePath> ATTRIBUTES =
            List.of(AttributePath.of("a"), AttributePath.of("b"), AttributePath.of("m", "k"));

    /** In the order of instants: noon, noon again, one o'clock. As text the first is after the second. */
    static final List<String> TIMES =
            List.of("2026-01-01T12:00:00Z", "2026-01-01T11:00:00-01:00", "2026-01-01T13:00:00Z");

    private static final int NESTING = 3;
    private static final List<Object> SCALARS = List.of(
            true,
            false,
            0,
            -0.0,
            7,
            7.0,
            new BigDecimal("7.00"),
            8L,
            (1L << 53) - 1,
            0x1p53,
            (1L << 53) + 1,
            0x1p64,
            BigInteger.TWO.pow(64),
            BigInteger.TWO.pow(64).add(BigInteger.ONE),
            0.1,
            new BigDecimal("0.1"),
            "",
            "a",
            "ab",
            "7",
            "\uff61",
            "\ud83d\ude00",
            "\ud83d");
    private static final List<Object> RECORDS_ONLY = List.of(
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            7.5f,
            Instant.parse(TIMES.get(0)),
            Instant.parse(TIMES.get(2)),
            Instant.EPOCH,
            Instant.MAX,
            Thread.State.NEW);

    /** The values of an attribute of a record, without nested ones. */
    static List<Object> recordScalars() {
        return Stream.of(SCALARS, TIMES, RECORDS_ONLY)
                .<Object>flatMap(List::stream)
                .toList();
    }

    /** The values of a query, without nested ones. */
    static List<Object> operandScalars() {
        return Stream.of(SCALARS, TIMES).<Object>flatMap(List::stream).toList();
    }

    /** A record with these values, any of which may be null. */
    static Attributes attributesOf(Object a, Object b, Object k) {
        Map<String, Object> map = new HashMap<>();
        map.put("a", a);
        map.put("b", b);
        map.put("m", Collections.singletonMap("k", k));
        return Attributes.of(map);
    }

    @Provide
    Arbitrary<Query.Filter> filters() {
        return filters(NESTING, leaves());
    }

    @Provide
    Arbitrary<Object> values() {
        return nested(nested(Arbitraries.of(recordScalars()).injectNull(0.1)));
    }

    private static Arbitrary<Query.Filter> filters(int nesting, Arbitrary<Query.Filter> leaves) {
        if (nesting == 0) {
            return leaves;
        }
        Arbitrary<List<Query.Filter>> inner =
                filters(nesting - 1, leaves).list().ofMaxSize(3);
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaves),
                Tuple.of(3, inner.map(Query.And::new)),
                Tuple.of(3, inner.map(Query.Or::new)),
                Tuple.of(1, elemMatches(inner)));
    }

    private static Arbitrary<Query.Filter> elemMatches(Arbitrary<List<Query.Filter>> inner) {
        return Combinators.combine(attributes(), inner.filter(filters -> !filters.isEmpty()))
                .as(Query.ElemMatch::new);
    }

    private static Arbitrary<Query.Filter> leaves() {
        Arbitrary<Query.Filter> nullChecks = Combinators.combine(
                        Arbitraries.of(Method.IS_NULL, Method.IS_NOT_NULL), attributes())
                .as(Query.NullCheck::new);
        Arbitrary<Query.Filter> exists = Combinators.combine(
                        Arbitraries.of(Method.EXISTS, Method.NOT_EXISTS),
                        attributes().list().ofMinSize(1).ofMaxSize(3))
                .as(Query.Exists::new);
        return Arbitraries.frequencyOf(Tuple.of(6, comparisons()), Tuple.of(1, nullChecks), Tuple.of(1, exists));
    }

    private static Arbitrary<Query.Filter> comparisons() {
        Arbitrary<Object> operands = nested(Arbitraries.of(operandScalars()).injectNull(0.05));
        return Arbitraries.oneOf(Stream.of(Method.values())
                .filter(method -> method.kind() == Method.Kind.COMPARISON)
                .map(method -> comparisons(method, operands))
                .toList());
    }

    private static Arbitrary<Query.Filter> comparisons(Method method, Arbitrary<Object> operands) {
        Arbitrary<List<Object>> values =
                operands.list().ofMinSize(method.minValues()).ofMaxSize(Math.min(method.maxValues(), 3));
        return Combinators.combine(attributes(), values)
                .as((attribute, list) -> new Query.Comparison(method, attribute, list));
    }

    private static Arbitrary<AttributePath> attributes() {
        return Arbitraries.of(ATTRIBUTES);
    }

    /** The keys are those of a record, so that a list of maps has elements to match. */
    private static Arbitrary<Object> nested(Arbitrary<Object> element) {
        Arbitrary<Object> lists = element.list().ofMaxSize(3).map(list -> (Object) list);
        Arbitrary<Object> maps = Combinators.combine(
                        Arbitraries.subsetOf("a", "b", "k"), element.list().ofSize(3))
                .as((keys, values) -> map(new ArrayList<>(keys), values));
        return Arbitraries.frequencyOf(Tuple.of(5, element), Tuple.of(1, lists), Tuple.of(1, maps));
    }

    private static Object map(List<String> keys, List<Object> values) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }
}
