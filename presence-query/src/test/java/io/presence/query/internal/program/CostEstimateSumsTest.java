package io.presence.query.internal.program;

import static io.presence.query.Query.and;
import static io.presence.query.Query.between;
import static io.presence.query.Query.contains;
import static io.presence.query.Query.containsAll;
import static io.presence.query.Query.elemMatch;
import static io.presence.query.Query.equal;
import static io.presence.query.Query.exists;
import static io.presence.query.Query.isNotNull;
import static io.presence.query.Query.isNull;
import static io.presence.query.Query.lessThan;
import static io.presence.query.Query.notEqual;
import static io.presence.query.Query.notExists;
import static io.presence.query.Query.or;
import static io.presence.query.Query.startsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sums of an estimate. Each condition is one operation, and each key of a path is four, once for each path. The
 * largest record has 66,560 characters: a text of as many, 22,187 elements that are empty maps, or 8,321 elements that
 * are maps with a text.
 */
class CostEstimateSumsTest {

    private static final int RECORD = 66_560;
    private static final int ELEMENTS = 22_187;
    private static final int ELEMENTS_WITH_TEXT = 8_321;
    /* Two operations for each character. */
    private static final int PASS = 2 * RECORD;
    /* Eight operations for each element of a list of digits. */
    private static final int HASH = 8 * RECORD / 2;
    /* One operation for each member of a map of digits. */
    private static final int MEMBERS = RECORD / 6;
    private static final int BITS_OF_1100_DIGITS = 3_655;
    private static final int BITS_OF_BIG = 1_329;
    private static final int DIFFERENT = BITS_OF_1100_DIGITS / 2;
    private static final BigDecimal BIG = new BigDecimal("1E+400");
    private static final List<Object> LIST = List.of(List.of(1, 2, 3));
    private static final String TIME = "2026-01-01T00:00:00Z";

    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments(Query.everything(), 0),
                arguments(isNull("a"), 1 + 4),
                arguments(isNotNull("a.b.c"), 1 + 3 * 4),
                arguments(and(isNull("a"), isNotNull("a")), 2 + 4),
                arguments(or(isNull("a"), isNull("a.b")), 2 + 4 + 2 * 4),
                arguments(exists("a", "b"), 2 + 2 * 4),
                arguments(notExists("a", "a"), 2 + 4),
                arguments(equal("a", 7), 1 + 4),
                arguments(between("a", 1, 9), 1 + 4 + BITS_OF_1100_DIGITS / 2));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(equal("a", "x".repeat(800)), 1 + 4 + 800 / 8),
                arguments(notEqual("a", "x".repeat(800)), 1 + 4 + 800 / 8),
                arguments(equal("a", "x".repeat(400), 7, "y".repeat(400)), 1 + 4 + 800 / 8),
                arguments(lessThan("a", "x".repeat(80)), 1 + 4 + 10),
                arguments(startsWith("a", "x".repeat(8)), 1 + 4 + 1),
                arguments(equal("a", "x".repeat(RECORD + 80)), 1 + 4 + RECORD / 8));
    }

    static Stream<Arguments> structures() {
        return Stream.of(
                /* The list and its elements, and the first number of a record that differs. */
                arguments(equal("a", LIST), 1 + 4 + 4 * 8 + DIFFERENT + MEMBERS),
                arguments(notEqual("a", Map.of("k", 1, "l", 2)), 1 + 4 + 3 * 8 + DIFFERENT + MEMBERS),
                arguments(equal("a", List.of(List.of("x".repeat(80)))), 1 + 4 + 2 * 8 + 10 + MEMBERS),
                arguments(equal("a", List.of(List.of(List.of(), List.of()))), 1 + 4 + 3 * 8 + MEMBERS),
                arguments(equal("a", BIG), 1 + 4 + 8 + (BITS_OF_BIG + BITS_OF_1100_DIGITS) / 2 + MEMBERS),
                arguments(
                        equal("a", BIG.toBigIntegerExact()),
                        1 + 4 + 8 + (BITS_OF_BIG + BITS_OF_1100_DIGITS) / 2 + MEMBERS),
                arguments(equal("a", List.of(Collections.nCopies(RECORD, 1))), 1 + 4 + HASH + DIFFERENT + MEMBERS),
                arguments(equal("a", BIG, 7), 1 + 4 + 8 + HASH));
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                arguments(contains("a", "x", "y"), 1 + 4 + PASS),
                arguments(contains("a", "x", BIG), 1 + 4 + PASS + HASH),
                arguments(and(contains("a", "x"), contains("b", "x")), 2 * (1 + 4) + PASS),
                arguments(and(contains("a.b", "x"), contains("a.c", "x")), 2 * (1 + 2 * 4) + PASS),
                arguments(and(contains("a", "x"), contains("a.b", "x")), 1 + 4 + 1 + 2 * 4 + 2 * PASS),
                /* As many states as characters and one more, and the positions of the values in the words of a set. */
                arguments(containsAll("a", "x", "yy"), 1 + 4 + PASS + 4 + 1),
                arguments(containsAll("a", "x".repeat(640)), 1 + 4 + PASS + 641 + 1 + (641 + 4) / 64),
                arguments(containsAll("a", TIME), 1 + 4 + PASS + 21 + 1 + 4));
    }

    static Stream<Arguments> elements() {
        int empty = 1 + 1 + 4 + ELEMENTS * (1 + 1 + 4);
        return Stream.of(
                arguments(elemMatch("l", isNull("z")), empty),
                arguments(elemMatch("l", isNull("z"), isNotNull("z")), empty + ELEMENTS),
                arguments(elemMatch("l", isNull("z.y")), empty + 4 * ELEMENTS),
                arguments(elemMatch("l", equal("k", "x")), empty + RECORD / 8),
                arguments(elemMatch("l", equal("k", LIST)), empty + HASH + 4 * RECORD / 2 + MEMBERS),
                arguments(elemMatch("l", equal("k", List.of(List.of("x")))), empty + HASH + RECORD / 8 + MEMBERS),
                arguments(elemMatch("l", between("k", "a", "b")), empty + 2 * RECORD / 8),
                arguments(elemMatch("l", lessThan("k", 1)), empty + 2 * RECORD),
                arguments(elemMatch("l", contains("k", "x")), empty + PASS),
                arguments(elemMatch("l", contains("k", "x"), contains("m", "x")), empty + 5 * ELEMENTS + PASS),
                arguments(elemMatch("l", elemMatch("m", isNull("z"))), empty + ELEMENTS + empty - 6));
    }

    @ParameterizedTest
    @MethodSource({"conditions", "texts", "structures", "searches", "elements"})
    void ofNormal_aFilter_isTheSumOfItsConditions(Query.Filter normal, long operations) {
        assertThat(CostEstimate.ofNormal(normal)).isEqualTo(operations);
    }

    /** In any other form, a comparison can become one with several values, or one for equality, in the normal form. */
    static Stream<Arguments> otherForms() {
        return Stream.of(
                arguments(isNull("a"), 1 + 4),
                arguments(equal("a", LIST), 1 + 4 + 8 + HASH),
                arguments(between("a", 1, 9), 1 + 4 + BITS_OF_1100_DIGITS / 2),
                arguments(between("a", 1, BIG), 1 + 4 + BITS_OF_1100_DIGITS + HASH),
                arguments(containsAll("a", "x", "yy"), 1 + 4 + PASS + 4 + 1 + 6));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void of_aFilter_isTheSumForAnyNormalForm(Query.Filter filter, long operations) {
        assertThat(CostEstimate.of(filter)).isEqualTo(operations);
    }

    /** The elements that visit the most states are texts of the square root of twice the number of states. */
    @ParameterizedTest
    @MethodSource("needlesOfElements")
    void ofNormal_aSearchForAllWithinElements_countsTheStatesThatElementsCanVisit(int length, int visited) {
        long any = CostEstimate.ofNormal(elemMatch("l", contains("k", "x".repeat(length))));
        long all = CostEstimate.ofNormal(elemMatch("l", containsAll("k", "x".repeat(length))));
        int words = 1 + (1 + length + 4) / 64;

        assertThat(all - any).isEqualTo(ELEMENTS_WITH_TEXT * (1L + words) + visited);
    }

    static Stream<Arguments> needlesOfElements() {
        return Stream.of(
                /* 8 states: texts of 4 characters in 11, 8 states each. */
                arguments(7, RECORD * 8 / (4 - 1 + 8)),
                /* 200 states: texts of 20 characters in 27. */
                arguments(199, RECORD * 200 / (20 - 1 + 8)));
    }

    static Stream<Arguments> worstRecords() {
        Object digits = Collections.nCopies(RECORD / 2 - 1, 7);
        Object emptyMaps = Collections.nCopies(RECORD / 3 - 1, Map.of());
        BigInteger big = BigInteger.TEN.pow(1_100).subtract(BigInteger.ONE);
        return Stream.of(
                arguments(contains("k", "needle of this"), "a".repeat(RECORD - 6)),
                arguments(contains("k", 1, 2), digits),
                arguments(contains("k", List.of(List.of(1))), Collections.nCopies(RECORD / 4 - 1, List.of(7))),
                arguments(equal("k", List.of(List.of(1), List.of(2))), digits),
                arguments(equal("k", List.of(digits)), digits),
                arguments(elemMatch("k", isNotNull("z")), emptyMaps),
                arguments(between("k", 1, 9), big));
    }

    /** A bound far above the cost of the worst record would refuse queries that are cheap. */
    @ParameterizedTest
    @MethodSource("worstRecords")
    void ofNormal_theWorstRecord_isAtMostHalfMoreThanItTakes(Query.Filter normal, Object value) {
        SlotTable<Map<String, ?>> table =
                new SlotTable<>(name -> AttributeReader.of(Kind.OBJECT, map -> map.get(name)));
        table.retain(normal);
        Slots slots = new Slots();
        table.fill(Map.of("k", value), slots);
        Program.compile(normal, table).test(slots);

        assertThat(CostEstimate.ofNormal(normal)).isBetween(slots.spent(), slots.spent() * 3 / 2);
    }
}
