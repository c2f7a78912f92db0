package io.presence.query.internal.normal;

import static io.presence.query.Query.and;
import static io.presence.query.Query.between;
import static io.presence.query.Query.contains;
import static io.presence.query.Query.containsAll;
import static io.presence.query.Query.containsAny;
import static io.presence.query.Query.elemMatch;
import static io.presence.query.Query.equal;
import static io.presence.query.Query.everything;
import static io.presence.query.Query.exists;
import static io.presence.query.Query.greaterThan;
import static io.presence.query.Query.greaterThanEqual;
import static io.presence.query.Query.isNotNull;
import static io.presence.query.Query.isNull;
import static io.presence.query.Query.lessThan;
import static io.presence.query.Query.lessThanEqual;
import static io.presence.query.Query.notBetween;
import static io.presence.query.Query.notContains;
import static io.presence.query.Query.notEqual;
import static io.presence.query.Query.notExists;
import static io.presence.query.Query.notStartsWith;
import static io.presence.query.Query.nothing;
import static io.presence.query.Query.or;
import static io.presence.query.Query.startsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters and their normal forms, side by side. */
class NormalizerTest {

    private static final Query.Filter P = equal("p", 1);
    private static final Query.Filter Q = equal("q", 1);
    private static final Query.Filter R = equal("r", 1);

    static Stream<Arguments> groups() {
        return Stream.of(
                arguments(and(R, and(Q, P)), and(P, Q, R)),
                arguments(or(or(R, Q), P), or(P, Q, R)),
                arguments(and(or(and(P))), P),
                arguments(and(P, Q, P), and(P, Q)),
                arguments(or(and(P, Q), and(Q, P)), and(P, Q)),
                arguments(and(P, or(R, Q)), and(P, or(Q, R))),
                arguments(and(P, everything()), P),
                arguments(and(P, nothing()), nothing()),
                arguments(or(P, everything()), everything()),
                arguments(or(P, nothing()), P),
                arguments(and(P, or(isNull("a"), isNotNull("a"))), P),
                arguments(or(P, and(isNull("a"), isNotNull("a"))), P));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(equal("a", 7.0), equal("a", 7)),
                arguments(equal("a", -0.0), equal("a", 0)),
                arguments(equal("a", new BigDecimal("7.00")), equal("a", 7)),
                arguments(equal("a", BigInteger.TWO.pow(64)), equal("a", 0x1p64)),
                arguments(equal("a", new BigDecimal("0.10")), equal("a", new BigDecimal("0.1"))),
                arguments(lessThan("a", 7.0), lessThan("a", 7)),
                arguments(equal("a", List.of(List.of(7.0))), equal("a", List.of(List.of(7)))),
                arguments(equal("a", Collections.singletonMap("k", null)), equal("a", Map.of())),
                arguments(equal("a", Map.of("k", 7.0)), equal("a", Map.of("k", 7))),
                arguments(equal("a", "b", 2, "a", 1, true, 2.0), equal("a", true, 1, 2, "a", "b")),
                arguments(equal("a", "\ud83d\ude00", "\uff61"), equal("a", "\uff61", "\ud83d\ude00")),
                arguments(containsAny("a", "y", "x"), contains("a", "x", "y")),
                arguments(containsAll("a", "x", "x"), contains("a", "x")),
                arguments(exists("b", "a", "b"), or(isNotNull("a"), isNotNull("b"))),
                arguments(exists("a"), isNotNull("a")),
                arguments(notExists("b", "a"), and(isNull("a"), isNull("b"))));
    }

    static Stream<Arguments> constants() {
        return Stream.of(
                arguments(equal("a", (Object) null), nothing()),
                arguments(equal("a", null, 1), equal("a", 1)),
                arguments(notEqual("a", (Object) null), isNotNull("a")),
                arguments(notContains("a", (Object) null), isNotNull("a")),
                arguments(containsAll("a", "x", null), nothing()),
                arguments(lessThan("a", true), nothing()),
                arguments(greaterThanEqual("a", List.of(1)), nothing()),
                arguments(between("a", 1, "9"), nothing()),
                arguments(between("a", 9, 1), nothing()),
                arguments(between("a", 5, 5.0), equal("a", 5)),
                arguments(between("a", "x", "x"), equal("a", "x")),
                arguments(notBetween("a", 9, 1), isNotNull("a")),
                arguments(notBetween("a", 5, 5), notEqual("a", 5)),
                arguments(startsWith("a", null), nothing()),
                arguments(notStartsWith("a", null), isNotNull("a")));
    }

    static Stream<Arguments> joinedByAnd() {
        return Stream.of(
                arguments(and(greaterThanEqual("a", 1), lessThanEqual("a", 5)), between("a", 1, 5)),
                arguments(and(greaterThanEqual("a", "x"), lessThanEqual("a", "y")), between("a", "x", "y")),
                arguments(
                        and(greaterThan("a", 1), lessThanEqual("a", 5)),
                        and(lessThanEqual("a", 5), greaterThan("a", 1))),
                arguments(and(between("a", 1, 5), between("a", 3, 9)), between("a", 3, 5)),
                arguments(and(between("a", 1, 5), lessThan("a", 5)), and(lessThan("a", 5), greaterThanEqual("a", 1))),
                arguments(and(between("a", 1, 5), between("a", 5, 9)), equal("a", 5)),
                arguments(and(greaterThan("a", 5), lessThan("a", 5)), nothing()),
                arguments(and(equal("a", 1), equal("a", 2)), nothing()),
                arguments(and(equal("a", 7), greaterThan("a", 1)), equal("a", 7)),
                arguments(and(lessThan("a", 7), lessThan("a", "x")), nothing()),
                arguments(and(startsWith("a", "x"), equal("a", 1, 2)), nothing()),
                arguments(and(notEqual("a", 2), notEqual("a", 1)), notEqual("a", 1, 2)),
                arguments(and(notContains("a", 2), notContains("a", 1)), notContains("a", 1, 2)),
                arguments(and(contains("a", 2), containsAll("a", 1, 3)), containsAll("a", 1, 2, 3)),
                arguments(and(isNotNull("a"), startsWith("a", "x")), startsWith("a", "x")),
                arguments(and(isNotNull("a"), elemMatch("a", P)), elemMatch("a", P)),
                arguments(and(isNull("a"), notEqual("a", 1)), nothing()),
                arguments(and(isNull("a"), isNull("a")), isNull("a")));
    }

    static Stream<Arguments> joinedByOr() {
        return Stream.of(
                arguments(or(equal("a", 3), equal("a", 2, 1)), equal("a", 1, 2, 3)),
                arguments(or(contains("a", "y"), containsAny("a", "x")), contains("a", "x", "y")),
                arguments(or(isNotNull("a"), equal("a", 1)), isNotNull("a")),
                arguments(or(isNotNull("a"), isNull("a")), everything()),
                arguments(or(equal("a", 1), isNull("a")), or(equal("a", 1), isNull("a"))));
    }

    static Stream<Arguments> elements() {
        return Stream.of(
                arguments(elemMatch("a", and(Q, P), P), elemMatch("a", P, Q)),
                arguments(elemMatch("a", or(isNull("k"), isNotNull("k"))), elemMatch("a", everything())),
                arguments(elemMatch("a", isNull("k"), isNotNull("k")), nothing()),
                arguments(elemMatch("a", P, elemMatch("b", nothing())), nothing()));
    }

    /**
     * A timestamp can be within a range whose ends, as text, are the wrong way round; and so for two of the same
     * instant.
     */
    static Stream<Arguments> unchanged() {
        String noon = FilterArbitraries.TIMES.get(0);
        String alsoNoon = FilterArbitraries.TIMES.get(1);
        return Stream.of(
                        between("a", noon, alsoNoon),
                        and(lessThan("a", alsoNoon), greaterThan("a", noon)),
                        equal("a", alsoNoon, noon),
                        between("a", "b", "a"),
                        or(equal("a", 1), lessThan("a", 1)),
                        or(notEqual("a", 1), notEqual("a", 2)),
                        equal("a", List.of(Arrays.asList(1, null))))
                .map(filter -> arguments(filter, filter));
    }

    @ParameterizedTest
    @MethodSource({"groups", "values", "constants", "joinedByAnd", "joinedByOr", "elements", "unchanged"})
    void normalize_ofEachExample_givesTheNormalForm(Query.Filter before, Query.Filter after) {
        assertThat(Normalizer.normalize(before)).isEqualTo(after);
        assertThat(Normalizer.normalize(after)).isEqualTo(after);
    }

    @Test
    void normalize_comparisonInNormalForm_isTheSameObject() {
        List<Query.Filter> filters = List.of(
                equal("a", 1, "x"), notEqual("a", 0.5), between("a", 1, 2), equal("a", List.of(List.of(1, "x"))));

        assertThat(filters)
                .allSatisfy(filter -> assertThat(Normalizer.normalize(filter)).isSameAs(filter));
    }

    @Test
    void normalize_mapInAnyOrder_hasItsKeysInOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("\ud83d\ude00", 1);
        map.put("\uff61", 2);

        Query.Comparison normal = (Query.Comparison) Normalizer.normalize(equal("a", map));

        assertThat(((Map<?, ?>) normal.values().get(0)).keySet().toArray()).containsExactly("\uff61", "\ud83d\ude00");
    }

    /** As a decimal it would have one digit more than a query allows. */
    @Test
    void normalize_largestNumber_isKept() {
        Query.Filter filter = equal("a", BigInteger.TWO.pow(3655).subtract(BigInteger.ONE));

        assertThat(Normalizer.normalize(filter)).isEqualTo(filter);
    }
}
