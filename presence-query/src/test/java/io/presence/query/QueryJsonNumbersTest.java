package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers as text: without point and exponent an integer; else up to 17 digits a double, and more a decimal. */
class QueryJsonNumbersTest {

    static Stream<Arguments> read() {
        return Stream.of(
                Arguments.of("7", 7L),
                Arguments.of("-7", -7L),
                Arguments.of("0", 0L),
                Arguments.of("-0", 0L),
                Arguments.of("9007199254740993", 9007199254740993L),
                Arguments.of("999999999999999999", 999999999999999999L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", BigInteger.TWO.pow(63)),
                Arguments.of("1" + "0".repeat(1100), BigInteger.TEN.pow(1100)),
                Arguments.of("7.0", 7.0),
                Arguments.of("-0.0", -0.0),
                Arguments.of("0e99999999999", 0.0),
                Arguments.of("-0.000000000000000000000", -0.0),
                Arguments.of("0.1", 0.1),
                Arguments.of("1e-1", 0.1),
                Arguments.of("1E+2", 100.0),
                Arguments.of("1e300", 1e300),
                Arguments.of("5e-324", Double.MIN_VALUE),
                Arguments.of("1.7976931348623157E308", Double.MAX_VALUE),
                Arguments.of("0.10000000000000000", 0.1),
                Arguments.of("0.100000000000000000", new BigDecimal("0.1")),
                Arguments.of("0.00000000000000000000000000012345678901234567", 1.2345678901234567e-28),
                Arguments.of("1.2345678901234567", 1.2345678901234567),
                Arguments.of("1.23456789012345678", new BigDecimal("1.23456789012345678")),
                Arguments.of("0.500000000000000000", 0.5),
                Arguments.of("7.00000000000000000", 7L),
                Arguments.of("9223372036854775808.0", BigInteger.TWO.pow(63)),
                Arguments.of("1e309", BigInteger.TEN.pow(309)),
                Arguments.of("1e999", BigInteger.TEN.pow(999)),
                Arguments.of("-1e-400", new BigDecimal("-1e-400")));
    }

    @ParameterizedTest
    @MethodSource("read")
    void parse_number_isExact(String text, Object value) {
        assertThat(parsed(text)).isEqualTo(value);
    }

    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(7, "7"),
                Arguments.of(7.0, "7.0"),
                Arguments.of(-0.0, "-0.0"),
                Arguments.of(0.1f, "0.10000000149011612"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(2e23, "2.0E23"),
                Arguments.of(1e300, "1.0E300"),
                Arguments.of(Double.MIN_VALUE, "4.9E-324"),
                Arguments.of(BigInteger.TWO.pow(64), "18446744073709551616"),
                Arguments.of(new BigDecimal("0.1"), "0.100000000000000000"),
                Arguments.of(new BigDecimal("-1e-400"), "-1.00000000000000000E-400"),
                Arguments.of(new BigDecimal("12345678901234567890.1"), "12345678901234567890.1"));
    }

    @ParameterizedTest
    @MethodSource("written")
    void write_number_isTextThatIsReadAsTheSame(Object value, String text) {
        Query query = Query.equal("a", value);

        assertThat(QueryJson.write(query)).isEqualTo(json(text));
        assertThat(QueryJson.parse(json(text))).isEqualTo(query);
    }

    @Property(tries = 5000)
    void parse_textOfADouble_isTheDouble(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            String digits = String.format(Locale.ROOT, "%.16e", new BigDecimal(value));

            assertThat(parsed(digits)).isEqualTo(value + 0.0); // a BigDecimal has no -0.0
            assertThat(QueryJson.parse(QueryJson.write(Query.equal("a", value))))
                    .isEqualTo(Query.equal("a", value));
        }
    }

    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> any = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Double> round = Combinators.combine(
                        Arbitraries.integers().between(1, 99_999),
                        Arbitraries.integers().between(-320, 303))
                .as((digits, exponent) -> Double.valueOf(digits + "e" + exponent));
        Arbitrary<Double> tiny = Arbitraries.longs().between(1, 10_000).map(Double::longBitsToDouble);
        return Arbitraries.oneOf(any, round, tiny).filter(value -> Double.isFinite(value) && value != 0);
    }

    /** Two digits, where one would do, take no more room: there is one on each side of the point. */
    @Property(tries = 20_000)
    void write_double_hasTheFewestDigits(@ForAll("doubles") double value) {
        String json = QueryJson.write(Query.equal("a", value));
        String text = json.substring(json.indexOf('[') + 1, json.indexOf(']'));
        BigDecimal written = new BigDecimal(text);
        BigDecimal exact = new BigDecimal(value);
        int digits = written.stripTrailingZeros().precision();

        assertThat(written.doubleValue()).isEqualTo(value);
        assertThat(text).contains(".");
        if (digits > 2) {
            assertThat(rounded(exact, digits - 1, RoundingMode.DOWN)).isNotEqualTo(value);
            assertThat(rounded(exact, digits - 1, RoundingMode.UP)).isNotEqualTo(value);
        }
    }

    private static double rounded(BigDecimal exact, int digits, RoundingMode mode) {
        return exact.round(new MathContext(digits, mode)).doubleValue();
    }

    @Property(tries = 3000)
    void parse_textOfADecimal_isTheNearestDoubleOrTheDecimal(
            @ForAll @BigRange(min = "-9999999999999999999999", max = "9999999999999999999999") BigInteger unscaled,
            @ForAll @IntRange(min = 1, max = 40) int scale) {
        BigDecimal decimal = new BigDecimal(unscaled, scale);
        boolean isShort = decimal.signum() == 0 || decimal.precision() <= 17;
        Object expected = isShort ? (Object) decimal.doubleValue() : decimal;

        assertThat(QueryJson.parse(json(decimal.toPlainString()))).isEqualTo(Query.equal("a", expected));
    }

    private static Object parsed(String text) {
        return ((Query.Comparison) QueryJson.parse(json(text))).values().get(0);
    }

    private static String json(String number) {
        return "{\"method\":\"equal\",\"attribute\":\"a\",\"values\":[" + number + "]}";
    }
}
