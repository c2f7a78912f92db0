package io.presence.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Values that a record can have, from a domain so small that equal and nested ones are frequent. */
final class RecordValues extends DomainContextBase {

    private static final String TIME = "2026-01-01T00:00:00Z";

    @Provide
    Arbitrary<Object> values() {
        return nested(nested(scalars()));
    }

    /** As values, but those that a query can have too. */
    static Arbitrary<Object> operands() {
        Arbitrary<Object> scalars = Arbitraries.of(
                true,
                false,
                7,
                7.0,
                8L,
                -0.0,
                0,
                (1L << 53) + 1,
                0x1p53,
                "",
                "a",
                "ab",
                "7",
                "\uff61",
                "\ud83d\ude00",
                TIME,
                "2026-01-01T01:00:00+01:00",
                "2027-01-01T00:00:00Z");
        return nested(scalars.injectNull(0.05));
    }

    static boolean hasNaN(Object value) {
        return has(value, leaf -> leaf.equals(Double.NaN));
    }

    static boolean hasInstant(Object value) {
        return has(value, Instant.class::isInstance);
    }

    private static Arbitrary<Object> scalars() {
        return Arbitraries.<Object>of(
                        true,
                        false,
                        7,
                        7.0,
                        7.5f,
                        8L,
                        -0.0,
                        0,
                        (1L << 53) + 1,
                        0x1p53,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        new BigDecimal("7.0"),
                        new BigDecimal("1E+300"),
                        "",
                        "a",
                        "ab",
                        "7",
                        "\uff61",
                        "\ud83d\ude00",
                        TIME,
                        Instant.parse(TIME),
                        Instant.EPOCH)
                .injectNull(0.05);
    }

    private static Arbitrary<Object> nested(Arbitrary<Object> element) {
        Arbitrary<Object> lists = element.list().ofMaxSize(3).map(list -> (Object) list);
        Arbitrary<Object> maps = Arbitraries.maps(Arbitraries.of("k", "l"), Arbitraries.just(0))
                .flatMap(keys -> element.list()
                        .ofSize(keys.size())
                        .map(values -> map(keys.keySet().stream().sorted().toList(), values)));
        return Arbitraries.frequencyOf(Tuple.of(4, element), Tuple.of(1, lists), Tuple.of(1, maps));
    }

    private static Object map(List<String> keys, List<Object> values) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private static boolean has(Object value, Predicate<Object> test) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(element -> has(element, test));
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(element -> has(element, test));
        }
        return value != null && test.test(value);
    }
}
