package io.presence.query.internal.program;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One end of a range of numbers. A number that is a {@code long} has that class, so that the others are between two of
 * these, or beyond all.
 *
 * @param number the end, as by {@link Values#key}
 * @param isInside whether that number is in the range
 */
record NumberBound(Number number, boolean isInside) {

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private BigDecimal exact() {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return new BigDecimal(number.doubleValue());
    }

    /** Returns the least {@code long} in a range that begins here, or null if there is none. */
    @Nullable Long leastLong() {
        if (number instanceof Long whole) {
            return isInside ? whole : whole == Long.MAX_VALUE ? null : Long.valueOf(whole + 1);
        }
        BigDecimal exact = exact();
        if (exact.compareTo(MIN_LONG) < 0) {
            return Long.MIN_VALUE;
        }
        return exact.compareTo(MAX_LONG) > 0
                ? null
                : exact.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /** Returns the greatest {@code long} in a range that ends here, or null if there is none. */
    @Nullable Long greatestLong() {
        if (number instanceof Long whole) {
            return isInside ? whole : whole == Long.MIN_VALUE ? null : Long.valueOf(whole - 1);
        }
        BigDecimal exact = exact();
        if (exact.compareTo(MAX_LONG) > 0) {
            return Long.MAX_VALUE;
        }
        return exact.compareTo(MIN_LONG) < 0
                ? null
                : exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /** Returns the least {@code double} in a range that begins here, which can be infinite. */
    double leastDouble() {
        double nearest = number.doubleValue();
        int order = order(nearest);
        return order > 0 || (order == 0 && isInside) ? nearest : Math.nextUp(nearest);
    }

    /** Returns the greatest {@code double} in a range that ends here, which can be infinite. */
    double greatestDouble() {
        double nearest = number.doubleValue();
        int order = order(nearest);
        return order < 0 || (order == 0 && isInside) ? nearest : Math.nextDown(nearest);
    }

    private int order(double nearest) {
        return Values.compareNumbers(nearest, number);
    }
}
