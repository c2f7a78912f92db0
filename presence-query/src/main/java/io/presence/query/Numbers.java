package io.presence.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Exact comparison of numbers by value, without rounding conversions. */
final class Numbers {

    private static final double TWO_TO_63 = 0x1p63;
    private static final int MAX_LONG_DIGITS = 19;
    private static final int FEW_ZEROS = 8;
    private static final int FIVE = 5;
    /* The greatest power of five by which one division of a word by a word decides. */
    private static final BigInteger MANY_FIVES = BigInteger.valueOf(1_220_703_125);
    private static final double BITS_OF_FIVE = Math.log(FIVE) / Math.log(2);
    private static final int MANTISSA_BITS = 53;
    /* The maximum error of the length in bits. */
    private static final int MARGIN = 2;

    private Numbers() {}

    static boolean isNumber(Object value) {
        return isLong(value) || isDouble(value) || value instanceof BigInteger || value instanceof BigDecimal;
    }

    static boolean isNaN(Object value) {
        return isDouble(value) && Double.isNaN(((Number) value).doubleValue());
    }

    /** Compares two numbers that are not NaN. */
    static int compare(Number a, Number b) {
        if (isLong(a) && isLong(b)) {
            return Long.compare(a.longValue(), b.longValue());
        }
        if (isDouble(a) && isDouble(b)) {
            return compareDoubles(a.doubleValue(), b.doubleValue());
        }
        if (isLong(a) && isDouble(b)) {
            return compareLongToDouble(a.longValue(), b.doubleValue());
        }
        if (isDouble(a) && isLong(b)) {
            return -compareLongToDouble(b.longValue(), a.doubleValue());
        }
        return compareBig(a, b);
    }

    /**
     * Returns the canonical object of a number that is not NaN; equal numbers have equal ones. It is a {@code Long} if
     * that fits, else a {@code Double} if that is exact, else a {@code BigDecimal} without trailing zeros.
     */
    static Number canonical(Number value) {
        if (value instanceof Long) {
            return value;
        }
        if (isLong(value)) {
            return value.longValue();
        }
        if (isDouble(value)) {
            return canonicalDouble(value);
        }
        if (value instanceof BigInteger integer && integer.bitLength() < Long.SIZE) {
            return integer.longValue();
        }
        return canonicalBig(exact(value));
    }

    private static Number canonicalDouble(Number number) {
        double value = number.doubleValue();
        long whole = (long) value;
        if (value >= -TWO_TO_63 && value < TWO_TO_63 && whole == value) {
            return whole;
        }
        return number instanceof Double ? number : (Number) value;
    }

    /** Checks the magnitude before any expansion: 1E+1000000000 has only ten characters. */
    private static Number canonicalBig(BigDecimal value) {
        BigDecimal stripped = strip(value);
        if (stripped.scale() <= 0 && (long) stripped.precision() - stripped.scale() <= MAX_LONG_DIGITS) {
            BigInteger whole = stripped.toBigIntegerExact();
            if (whole.bitLength() < Long.SIZE) {
                return whole.longValue();
            }
        }
        Double exact = exactDouble(stripped);
        return exact == null ? stripped : exact;
    }

    /**
     * Returns the {@code double} that exactly equals a number, or null. {@link BigDecimal#doubleValue} is not used,
     * since it writes out the digits on some JDKs. The number is odd &middot; 2<sup>twos-scale</sup> &middot;
     * 5<sup>-scale</sup>.
     */
    private static @Nullable Double exactDouble(BigDecimal value) {
        BigInteger digits = value.unscaledValue();
        int twos = digits.getLowestSetBit();
        double bits = digits.bitLength() - twos - value.scale() * BITS_OF_FIVE;
        if (bits < -MARGIN || bits > MANTISSA_BITS + MARGIN) {
            return null;
        }
        BigInteger odd = timesPowerOfFive(digits.shiftRight(twos), -value.scale());
        if (odd == null) {
            return null;
        }
        long exponent = (long) twos - value.scale();
        /* The bit length of -1 is 0, and that of 1 is 1. */
        int length = odd.abs().bitLength();
        boolean isExact = length <= MANTISSA_BITS
                && exponent >= Double.MIN_EXPONENT - MANTISSA_BITS + 1
                && exponent + length <= Double.MAX_EXPONENT + 1;
        return isExact ? Math.scalb((double) odd.longValue(), (int) exponent) : null;
    }

    private static @Nullable BigInteger timesPowerOfFive(BigInteger factor, int exponent) {
        BigInteger power = BigInteger.valueOf(FIVE).pow(Math.abs(exponent));
        if (exponent >= 0) {
            return factor.multiply(power);
        }
        BigInteger[] divided = factor.divideAndRemainder(power);
        return divided[1].signum() == 0 ? divided[0] : null;
    }

    /** Strips trailing zeros. {@link BigDecimal#stripTrailingZeros} divides by ten once for each zero on some JDKs. */
    private static BigDecimal strip(BigDecimal value) {
        BigInteger digits = value.unscaledValue();
        int mostZeros = digits.mod(MANY_FIVES).signum() == 0 ? digits.getLowestSetBit() : 0;
        int removed = 0;
        for (int zeros = Integer.highestOneBit(Math.max(0, mostZeros)); zeros >= FEW_ZEROS; zeros /= 2) {
            BigInteger[] divided = digits.divideAndRemainder(BigInteger.TEN.pow(zeros));
            if (divided[1].signum() == 0) {
                digits = divided[0];
                removed += zeros;
            }
        }
        BigDecimal rest = removed == 0 ? value : new BigDecimal(digits, Math.subtractExact(value.scale(), removed));
        return rest.stripTrailingZeros();
    }

    /** Compares two doubles. Unlike in {@link Double#compare}, -0.0 equals 0.0. */
    private static int compareDoubles(double a, double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }

    /**
     * Compares a long with a double. The cast drops only the fraction, since the double is then in the range of a long.
     */
    private static int compareLongToDouble(long a, double b) {
        if (b >= TWO_TO_63) {
            return -1;
        }
        if (b < -TWO_TO_63) {
            return 1;
        }
        long whole = (long) b;
        return a != whole ? Long.compare(a, whole) : compareDoubles((double) whole, b);
    }

    private static int compareBig(Number a, Number b) {
        boolean aInfinite = isDouble(a) && Double.isInfinite(a.doubleValue());
        boolean bInfinite = isDouble(b) && Double.isInfinite(b.doubleValue());
        if (aInfinite) {
            return a.doubleValue() > 0 ? 1 : -1;
        }
        if (bInfinite) {
            return b.doubleValue() > 0 ? -1 : 1;
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return isLong(value) ? BigDecimal.valueOf(value.longValue()) : new BigDecimal(value.doubleValue());
    }

    private static boolean isLong(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private static boolean isDouble(Object value) {
        return value instanceof Double || value instanceof Float;
    }
}
