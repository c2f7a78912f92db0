package io.presence.query.internal.program;

import io.presence.query.Values;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The numbers between two bounds, as longs, doubles and decimals, so that a test needs no conversion.
 *
 * <p><b>Cost.</b> Two comparisons. It allocates only for numbers that are neither a {@code long} nor a {@code double}.
 */
final class NumberRange {

    private final @Nullable Number low;
    private final @Nullable Number high;
    private final boolean withLow;
    private final boolean withHigh;
    private final long lowLong;
    private final long highLong;
    private final double lowDouble;
    private final double highDouble;

    /** Creates a range between two bounds; null is no bound. */
    NumberRange(@Nullable NumberBound low, @Nullable NumberBound high) {
        this.low = low == null ? null : low.number();
        this.high = high == null ? null : high.number();
        withLow = low != null && low.isInside();
        withHigh = high != null && high.isInside();
        Long least = low == null ? Long.valueOf(Long.MIN_VALUE) : low.leastLong();
        Long greatest = high == null ? Long.valueOf(Long.MAX_VALUE) : high.greatestLong();
        if (least == null || greatest == null) {
            lowLong = 1;
            highLong = 0;
        } else {
            lowLong = least;
            highLong = greatest;
        }
        lowDouble = low == null ? Double.NEGATIVE_INFINITY : low.leastDouble();
        highDouble = high == null ? Double.POSITIVE_INFINITY : high.greatestDouble();
    }

    /** Returns the least {@code long} in the range; more than the greatest if there is none. */
    long lowLong() {
        return lowLong;
    }

    /** Returns the greatest {@code long} in the range. */
    long highLong() {
        return highLong;
    }

    /** Returns whether the value of a slot is a number in the range. */
    boolean has(Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.LONG -> slots.word(slot) >= lowLong && slots.word(slot) <= highLong;
            case ValueType.DOUBLE -> hasDouble(Double.longBitsToDouble(slots.word(slot)));
            case ValueType.BIG -> hasBig((BigDecimal) slots.object(slot), slots);
            default -> false;
        };
    }

    private boolean hasDouble(double value) {
        return value >= lowDouble && value <= highDouble;
    }

    private boolean hasBig(BigDecimal value, Slots slots) {
        slots.spend(value.unscaledValue().bitLength() / Cost.BITS_PER_OPERATION);
        return (low == null || isOrdered(low, value, withLow)) && (high == null || isOrdered(value, high, withHigh));
    }

    private static boolean isOrdered(Number first, Number second, boolean orSame) {
        int order = Values.compareNumbers(first, second);
        return order < 0 || (order == 0 && orSame);
    }
}
