package io.presence.query.internal.program;

import io.presence.query.Values;
import org.jspecify.annotations.Nullable;

/**
 * The strings between two bounds, and the timestamps if the bounds can be read as timestamps.
 *
 * <p><b>Cost.</b> One or two comparisons of strings, which count by their length; nothing is allocated.
 *
 * @param low the lower bound, a string or a {@link TimestampText}, or null for none
 * @param withLow whether the lower bound is in the range
 * @param high the upper bound, likewise
 * @param withHigh whether the upper bound is in the range
 */
record TextRange(
        @Nullable Object low, boolean withLow, @Nullable Object high, boolean withHigh) {

    /** Returns whether the value of a slot is a string or a timestamp in the range. */
    boolean has(Slots slots, int slot) {
        return switch (slots.type(slot)) {
            case ValueType.STRING -> hasText(slots, (String) slots.object(slot));
            case ValueType.INSTANT -> hasInstant(slots, slot);
            default -> false;
        };
    }

    private boolean hasText(Slots slots, String text) {
        return (low == null || isAfter(order(slots, text, textOf(low)), withLow))
                && (high == null || isAfter(-order(slots, text, textOf(high)), withHigh));
    }

    private static int order(Slots slots, String text, String bound) {
        slots.spend(Math.min(text.length(), bound.length()) / Cost.CHARS_PER_OPERATION);
        return Values.compareStrings(text, bound);
    }

    private boolean hasInstant(Slots slots, int slot) {
        return (low == null || (low instanceof TimestampText time && isAfter(order(slots, slot, time), withLow)))
                && (high == null
                        || (high instanceof TimestampText time && isAfter(-order(slots, slot, time), withHigh)));
    }

    private static int order(Slots slots, int slot, TimestampText time) {
        return slots.compareInstant(slot, time.instant());
    }

    private static boolean isAfter(int order, boolean orSame) {
        return order > 0 || (order == 0 && orSame);
    }

    private static String textOf(Object bound) {
        return bound instanceof TimestampText time ? time.text() : (String) bound;
    }
}
