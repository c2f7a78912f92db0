package io.presence.query;

import static io.presence.query.QueryException.Code.INVALID_VALUE;
import static io.presence.query.QueryException.Code.LIMIT_EXCEEDED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperandsTest {

    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);

    static Stream<Arguments> canonicalForms() {
        return Stream.of(
                Arguments.of((byte) 1, 1L),
                Arguments.of((short) 1, 1L),
                Arguments.of(1, 1L),
                Arguments.of(1L, 1L),
                Arguments.of(BigInteger.ONE, 1L),
                Arguments.of(TWO_TO_63.subtract(BigInteger.ONE), Long.MAX_VALUE),
                Arguments.of(TWO_TO_63.negate(), Long.MIN_VALUE),
                Arguments.of(TWO_TO_63, TWO_TO_63),
                Arguments.of(0.1f, (double) 0.1f),
                Arguments.of(7.0, 7.0),
                Arguments.of(-0.0, -0.0),
                Arguments.of(new BigDecimal("7.00"), 7L),
                Arguments.of(new BigDecimal("7E+2"), 700L),
                Arguments.of(new BigDecimal("0.0"), 0L),
                Arguments.of(new BigDecimal("0.50"), 0.5),
                Arguments.of(new BigDecimal("0.10"), new BigDecimal("0.1")),
                Arguments.of(new BigDecimal("1E+20"), BigInteger.TEN.pow(20)),
                Arguments.of(Instant.parse("2026-01-01T00:00:00.500Z"), "2026-01-01T00:00:00.500Z"),
                Arguments.of("text", "text"),
                Arguments.of(true, true));
    }

    @ParameterizedTest
    @MethodSource("canonicalForms")
    void copy_value_takesItsCanonicalForm(Object given, Object expected) {
        assertThat(Operands.copy(List.of(given))).isEqualTo(List.of(expected));
        assertThat(Operands.copy(List.of(Map.of("k", List.of(given)))))
                .isEqualTo(List.of(Map.of("k", List.of(expected))));
    }

    @Test
    void copy_null_staysNull() {
        List<Object> nested = Collections.singletonList(Collections.singletonMap("k", null));

        assertThat(Operands.copy(Collections.singletonList(null))).containsExactly((Object) null);
        assertThat(Operands.copy(nested)).isEqualTo(nested);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void copy_notFinite_isRefused(double value) {
        assertRefused(
                () -> Operands.copy(List.of(1, value)), INVALID_VALUE, "$.values[1]", "value must be finite: " + value);
        assertRefused(
                () -> Operands.copy(List.of(1, (float) value)),
                INVALID_VALUE,
                "$.values[1]",
                "value must be finite: " + value);
    }

    @Test
    void copy_otherClass_isRefusedByName() {
        assertRefused(
                () -> Operands.copy(List.of(List.of('c'))),
                INVALID_VALUE,
                "$.values[0][0]",
                "value must be a string, boolean, number, instant, list or map: java.lang.Character");
        assertRefused(
                () -> Operands.copy(List.of(Map.of("k", new AtomicInteger()))),
                INVALID_VALUE,
                "$.values[0].\"k\"",
                "value must be a string, boolean, number, instant, list or map: "
                        + "java.util.concurrent.atomic.AtomicInteger");
    }

    @Test
    void copy_keyThatIsNoString_isRefused() {
        assertRefused(
                () -> Operands.copy(List.of(Map.of(1, 2))), INVALID_VALUE, "$.values[0]", "key must be a string: 1");
    }

    @Test
    void copy_deepestValue_isAccepted() {
        Object deepest = nested(16);

        assertThat(Operands.copy(List.of(deepest))).isEqualTo(List.of(deepest));
    }

    @Test
    void copy_tooDeepValue_isRefused() {
        assertRefused(
                () -> Operands.copy(List.of(nested(17))),
                LIMIT_EXCEEDED,
                "$.values" + "[0]".repeat(17),
                "value must be nested at most 16 deep: 17");
    }

    @Test
    void copy_valueThatContainsItself_isRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertRefused(
                () -> Operands.copy(list),
                LIMIT_EXCEEDED,
                "$.values" + "[0]".repeat(17),
                "value must be nested at most 16 deep: 17");
    }

    @Test
    void copy_everyDouble_fitsAsADecimal() {
        BigDecimal least = new BigDecimal(Double.MIN_VALUE);
        BigDecimal greatest = new BigDecimal(Double.MAX_VALUE);

        assertThat(Operands.copy(List.of(least, greatest)))
                .isEqualTo(List.of(Double.MIN_VALUE, greatest.toBigIntegerExact()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000000", "1E-1000000000", "1E+1101", "1E-1101"})
    void copy_hugeExponent_isRefusedWithoutExpandingIt(String value) {
        BigDecimal decimal = new BigDecimal(value);

        assertRefused(
                () -> Operands.copy(List.of(decimal)),
                LIMIT_EXCEEDED,
                "$.values[0]",
                "value must have a scale within 1100: " + Math.abs(decimal.scale()));
    }

    @Test
    void copy_tooManyDigits_isRefused() {
        BigInteger integer = BigInteger.ONE.shiftLeft(3655);

        assertRefused(
                () -> Operands.copy(List.of(integer)),
                LIMIT_EXCEEDED,
                "$.values[0]",
                "value must have at most 3655 bits: 3656");
        assertRefused(
                () -> Operands.copy(List.of(new BigDecimal("1." + "1".repeat(1100)))),
                LIMIT_EXCEEDED,
                "$.values[0]",
                "value must have at most 1100 digits: 1101");
    }

    @Test
    void copy_mostDigits_areAccepted() {
        BigInteger integer = BigInteger.TEN.pow(1100).subtract(BigInteger.ONE);
        BigDecimal decimal = new BigDecimal("0." + "1".repeat(1100));

        assertThat(Operands.copy(List.of(integer, decimal))).isEqualTo(List.of(integer, decimal));
    }

    @Test
    void copy_instantWithoutText_isRefused() {
        assertRefused(
                () -> Operands.copy(List.of(Instant.MIN)),
                INVALID_VALUE,
                "$.values[0]",
                "value must be between the years -999999999 and 999999999: " + Instant.MIN);
        assertRefused(
                () -> Operands.copy(List.of(Instant.MAX)),
                INVALID_VALUE,
                "$.values[0]",
                "value must be between the years -999999999 and 999999999: " + Instant.MAX);
    }

    @Test
    void copy_earliestAndLatestInstant_canBeReadBack() {
        Instant earliest = Instant.parse("-999999999-01-01T00:00:00Z");
        Instant latest = Instant.parse("+999999999-12-31T23:59:59.999999999Z");

        assertThat(Operands.copy(Arrays.asList(earliest, latest)))
                .extracting(text -> Values.timestamp((String) text))
                .containsExactly(earliest, latest);
    }

    private static Object nested(int depth) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }
}
