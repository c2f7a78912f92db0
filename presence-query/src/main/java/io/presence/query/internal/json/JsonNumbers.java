package io.presence.query.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The text form of numbers in JSON. A number without point and exponent is an integer. Any other is a decimal: the
 * nearest double if it has at most 17 significant digits, which identify every double, else the exact decimal. So
 * doubles and other decimals are both read back as they were written.
 */
final class JsonNumbers {

    /** The maximum length of a number; every number in a query is shorter. */
    static final int MAX_LENGTH = 1200;

    private static final int DOUBLE_DIGITS = 17;
    private static final int LONG_DIGITS = 18;

    private JsonNumbers() {}

    static Number integer(String text) {
        return text.length() <= LONG_DIGITS ? (Number) Long.valueOf(text) : new BigInteger(text);
    }

    /**
     * Reads a decimal. One that would round to zero or to infinity is read exactly, with any number of digits.
     *
     * @throws ArithmeticException if the exponent does not fit an int
     */
    static Number decimal(String text) {
        int digits = significantDigits(text);
        if (digits <= DOUBLE_DIGITS) {
            double nearest = Double.parseDouble(text);
            if (digits == 0 || (nearest != 0 && Double.isFinite(nearest))) {
                return nearest;
            }
        }
        return exact(text);
    }

    /** Returns an equal decimal, padded with zeros to one digit more than {@link #DOUBLE_DIGITS}. */
    static BigDecimal padded(BigDecimal value) {
        int missing = DOUBLE_DIGITS + 1 - value.precision();
        return missing > 0 ? value.setScale(value.scale() + missing) : value;
    }

    private static BigDecimal exact(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw new ArithmeticException("exponent does not fit an int");
        }
    }

    /** Returns the number of significant digits. Trailing zeros count, leading ones do not. */
    private static int significantDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E') {
                break;
            }
            if (digits > 0 ? c != '.' : c >= '1' && c <= '9') {
                digits++;
            }
        }
        return digits;
    }
}
