package io.presence.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Every kind of query that can be written as text: all methods, all types of values, nesting, and the strings and
 * numbers that are most often read wrongly. All are within {@link #LIMITS}.
 */
final class QueryArbitraries extends DomainContextBase {

    /** The default limits, except that of the length of the text: numbers of a thousand digits are frequent. */
    static final QueryLimits LIMITS = Limits.of(100, 16, 256, 500, 256, 1 << 22);

    private static final int MAX_DEPTH = 4;

    @Provide
    Arbitrary<Query> provideQueries() {
        return queries();
    }

    static Arbitrary<Query> queries() {
        return Arbitraries.frequencyOf(Tuple.of(4, filters()), Tuple.of(1, options()));
    }

    static Arbitrary<Query.Filter> filters() {
        return Arbitraries.frequencyOf(Tuple.of(9, filters(MAX_DEPTH)), Tuple.of(1, chains()));
    }

    static Arbitrary<ListQuery.Option> options() {
        Arbitrary<String> selected =
                Arbitraries.oneOf(Arbitraries.just(ListQuery.Select.EVERYTHING), paths().map(AttributePath::toString));
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(Method.ORDER_ASC, Method.ORDER_DESC), paths())
                        .as(ListQuery.Order::new),
                Arbitraries.integers().between(1, ListQuery.Limit.MAX).map(ListQuery.Limit::new),
                Arbitraries.integers().greaterOrEqual(0).map(ListQuery.Offset::new),
                Combinators.combine(
                                Arbitraries.of(Method.CURSOR_AFTER, Method.CURSOR_BEFORE),
                                strings().filter(id -> !id.isEmpty() && id.length() <= ListQuery.Cursor.MAX_LENGTH))
                        .as(ListQuery.Cursor::new),
                selected.list().ofMinSize(1).ofMaxSize(3).map(ListQuery.Select::new));
    }

    static Arbitrary<AttributePath> paths() {
        Arbitrary<String> keys = strings().filter(key -> !key.isEmpty() && key.length() <= 60);
        Arbitrary<AttributePath> any = keys.list().ofMinSize(1).ofMaxSize(4).map(AttributePath::new);
        Arbitrary<AttributePath> edges = Arbitraries.of(
                AttributePath.of("a"),
                AttributePath.of("metadata", "a.b\\", "*"),
                new AttributePath(Collections.nCopies(AttributePath.MAX_SEGMENTS, "k")),
                AttributePath.of(".".repeat(AttributePath.MAX_LENGTH / 2)));
        return Arbitraries.oneOf(any, edges);
    }

    /** Values as they may be given in Java, nested ones included, null among them. */
    static Arbitrary<Object> operands() {
        return nested(nested(scalars()));
    }

    static Arbitrary<Object> scalars() {
        return Arbitraries.oneOf(
                        strings().map(Object.class::cast),
                        numbers().map(Object.class::cast),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Instant.EPOCH, Instant.parse("+999999999-12-31T23:59:59.999999999Z")))
                .injectNull(0.05);
    }

    static Arbitrary<String> strings() {
        Arbitrary<String> edges = Arbitraries.of(
                "",
                " ",
                "\0",
                "\"\\/\b\f\n\r\t",
                "\u007f\u0080\u2028\u2029\ufeff\uffff",
                "\ud83d\ude00",
                "\ud800",
                "\udfff\ud800",
                "\\u0041",
                "é",
                "e\u0301",
                "null",
                "7",
                "2026-01-01T01:00:00+01:00",
                "x".repeat(256));
        return Arbitraries.oneOf(edges, Arbitraries.strings().all().ofMaxLength(9));
    }

    static Arbitrary<Number> numbers() {
        return Arbitraries.oneOf(integers(), doubles(), decimals());
    }

    private static Arbitrary<Number> integers() {
        BigInteger most = BigInteger.TWO.pow(Operands.MAX_BITS).subtract(BigInteger.ONE);
        Arbitrary<Number> edges = Arbitraries.of(
                (byte) -1,
                (short) 7,
                0,
                (1L << 53) + 1,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE),
                BigInteger.TEN.pow(400),
                most,
                most.negate());
        return Arbitraries.oneOf(edges, Arbitraries.longs().map(Number.class::cast));
    }

    private static Arbitrary<Number> doubles() {
        Arbitrary<Number> edges = Arbitraries.of(
                -0.0,
                0.1,
                0.1f,
                7.0,
                0x1p53,
                0x1p63,
                1e21,
                2e23,
                1e300,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                -Double.MAX_VALUE);
        Arbitrary<Number> any = Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .map(Number.class::cast);
        return Arbitraries.oneOf(edges, any);
    }

    private static Arbitrary<Number> decimals() {
        Arbitrary<Number> edges = Arbitraries.of(
                new BigDecimal("0.1"),
                new BigDecimal("0.5"),
                new BigDecimal("7.00"),
                new BigDecimal("1e1100"),
                new BigDecimal("-1e-1100"),
                new BigDecimal("0." + "1".repeat(1100)),
                new BigDecimal("12345678901234567.8"),
                new BigDecimal(0.1).add(BigDecimal.ONE.scaleByPowerOfTen(-60)));
        Arbitrary<Number> any = Combinators.combine(
                        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
                        Arbitraries.integers().between(-1000, Operands.MAX_DIGITS))
                .as(BigDecimal::new);
        return Arbitraries.oneOf(edges, any);
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> element) {
        Arbitrary<Object> lists = element.list().ofMaxSize(3).map(list -> (Object) list);
        Arbitrary<Object> maps = keys().flatMap(names ->
                element.list().ofSize(names.size()).map(values -> (Object) map(List.copyOf(names), values)));
        return Arbitraries.frequencyOf(Tuple.of(6, element), Tuple.of(1, lists), Tuple.of(1, maps));
    }

    /** Half of a surrogate pair in a key can't be written. */
    private static Arbitrary<Set<String>> keys() {
        return strings()
                .map(key -> key.codePoints()
                        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .set()
                .ofMaxSize(3);
    }

    private static Map<String, Object> map(List<String> keys, List<Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private static Arbitrary<Query.Filter> filters(int depth) {
        return depth == 1
                ? leaves()
                : Arbitraries.frequencyOf(Tuple.of(2, leaves()), Tuple.of(1, parents(filters(depth - 1))));
    }

    private static Arbitrary<Query.Filter> leaves() {
        Arbitrary<Query.Filter> comparisons = Arbitraries.of(Method.class)
                .filter(method -> method.kind() == Method.Kind.COMPARISON)
                .flatMap(QueryArbitraries::comparisons);
        Arbitrary<Query.Filter> checks = Combinators.combine(
                        Arbitraries.of(Method.IS_NULL, Method.IS_NOT_NULL), paths())
                .as(Query.NullCheck::new);
        Arbitrary<Query.Filter> exists = Combinators.combine(
                        Arbitraries.of(Method.EXISTS, Method.NOT_EXISTS),
                        paths().list().ofMinSize(1).ofMaxSize(3))
                .as(Query.Exists::new);
        return Arbitraries.frequencyOf(Tuple.of(4, comparisons), Tuple.of(1, checks), Tuple.of(1, exists));
    }

    private static Arbitrary<Query.Filter> comparisons(Method method) {
        Arbitrary<List<Object>> values =
                operands().list().ofMinSize(method.minValues()).ofMaxSize(Math.min(method.maxValues(), 3));
        return Combinators.combine(paths(), values)
                .as((path, operands) -> new Query.Comparison(method, path, operands));
    }

    private static Arbitrary<Query.Filter> parents(Arbitrary<Query.Filter> filter) {
        Arbitrary<List<Query.Filter>> children = filter.list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                children.map(Query.And::new),
                children.map(Query.Or::new),
                Combinators.combine(paths(), children).as(Query.ElemMatch::new));
    }

    /** As deep as filters and values may be. */
    private static Arbitrary<Query.Filter> chains() {
        Arbitrary<Integer> depths = Arbitraries.integers().between(0, LIMITS.depth() - 1);
        return Combinators.combine(scalars(), depths, depths).as((value, lists, levels) -> {
            Object operand = value;
            for (int i = 0; i < lists; i++) {
                operand = i % 2 == 0 ? Arrays.asList(operand) : Collections.singletonMap("k", operand);
            }
            Query.Filter filter = Query.equal("a", Arrays.asList(operand, 1));
            for (int i = 0; i < levels; i++) {
                filter = i % 3 == 0 ? Query.and(filter) : i % 3 == 1 ? Query.or(filter) : Query.elemMatch("b", filter);
            }
            return filter;
        });
    }
}
