package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Numbers against the oracle of exact decimals, where rounding would show. */
class NumbersPropertyTest {

    private static final long TWO_TO_53 = 1L << 53;

    @Property(tries = 5000)
    void compare_anyTwoNumbers_isTheOrderOfTheirExactDecimals(
            @ForAll("numbers") Number a, @ForAll("numbers") Number b) {
        int expected = Integer.signum(exact(a).compareTo(exact(b)));

        assertThat(Integer.signum(Values.compareNumbers(a, b))).isEqualTo(expected);
        assertThat(Values.compare(a, b).getAsInt()).isEqualTo(Values.compareNumbers(a, b));
        assertThat(Values.equal(a, b)).isEqualTo(expected == 0);
    }

    @Property(tries = 2000)
    void compare_numberWithItsNeighbours_isExact(@ForAll("numbers") Number a) {
        BigDecimal exact = exact(a);

        assertThat(Values.compareNumbers(a, exact)).isZero();
        assertThat(Values.compareNumbers(a, exact.add(new BigDecimal("1E-400"))))
                .isNegative();
        assertThat(Values.compareNumbers(a, exact.subtract(new BigDecimal("1E-400"))))
                .isPositive();
    }

    @Property
    void compare_infinities_enclosesEveryNumber(@ForAll("numbers") Number a) {
        assertThat(Values.compareNumbers(Double.NEGATIVE_INFINITY, a)).isNegative();
        assertThat(Values.compareNumbers(a, Double.NEGATIVE_INFINITY)).isPositive();
        assertThat(Values.compareNumbers(a, Float.POSITIVE_INFINITY)).isNegative();
        assertThat(Values.compareNumbers(Float.POSITIVE_INFINITY, a)).isPositive();
    }

    @Property
    void compare_nan_isNotOrdered(@ForAll("numbers") Number a) {
        assertThat(Values.compare(a, Double.NaN)).isEqualTo(OptionalInt.empty());
        assertThat(Values.compare(Float.NaN, a)).isEqualTo(OptionalInt.empty());
        assertThat(Values.equal(Double.NaN, a)).isFalse();
    }

    @Property(tries = 2000)
    void operand_anyNumber_keepsItsValue(@ForAll("numbers") Number a) {
        Query.Comparison query = (Query.Comparison) Query.equal("a", a);

        assertThat(exact((Number) query.values().get(0))).isEqualByComparingTo(exact(a));
    }

    @Property(tries = 4000)
    void key_numbers_areTheSameWhenTheNumbersAreEqual(@ForAll("numbers") Number a, @ForAll("numbers") Number b) {
        Object key = Values.key(a);

        assertThat(key).isEqualTo(Values.key(exact(a)));
        assertThat(key.equals(Values.key(b))).isEqualTo(Values.compareNumbers(a, b) == 0);
        assertThat(Values.compareNumbers((Number) key, a)).isZero();
    }

    @Provide
    Arbitrary<Number> numbers() {
        Arbitrary<Long> longs = Arbitraries.oneOf(
                around(0),
                around(TWO_TO_53),
                around(-TWO_TO_53),
                Arbitraries.longs(),
                Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1));
        Arbitrary<Double> doubles = Arbitraries.oneOf(
                longs.map(Long::doubleValue),
                longs.map(n -> Math.nextUp(n.doubleValue())),
                longs.map(n -> Math.nextDown(n.doubleValue())),
                Arbitraries.of(
                        0.0,
                        -0.0,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        0.1,
                        0.5,
                        0x1p63,
                        -0x1p63,
                        0x1p64),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
        return Arbitraries.oneOf(
                longs.map(n -> (Number) n),
                doubles.map(n -> (Number) n),
                longs.map(n -> (Number) n.intValue()),
                longs.map(n -> (Number) n.shortValue()),
                longs.map(n -> (Number) n.byteValue()),
                Arbitraries.floats().map(n -> (Number) n),
                longs.map(n -> (Number) BigInteger.valueOf(n).add(BigInteger.ONE)),
                Arbitraries.integers().between(-1_080, 1_030).map(n -> (Number) powerOfTwo(n)),
                Arbitraries.integers().between(-1_080, 1_030).map(n ->
                        (Number) powerOfTwo(n).negate()),
                doubles.map(n -> (Number) new BigDecimal(n)),
                doubles.map(n -> (Number) new BigDecimal(Double.toString(n))));
    }

    private static BigDecimal powerOfTwo(int exponent) {
        BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
        return exponent < 0 ? BigDecimal.ONE.divide(power) : power;
    }

    private static Arbitrary<Long> around(long center) {
        return Arbitraries.longs().between(center - 3, center + 3);
    }

    private static BigDecimal exact(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return value instanceof Double || value instanceof Float
                ? new BigDecimal(value.doubleValue())
                : new BigDecimal(value.longValue());
    }
}
