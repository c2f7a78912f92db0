package io.presence.query.internal.plan;

import io.presence.query.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of one type between two bounds, both included. It can contain a few values more than required.
 *
 * @param domain the type
 * @param low the lower bound
 * @param high the upper bound, not below the lower
 */
public record Range(Domain domain, Bound low, Bound high) {

    /** The ordered types of values. */
    public enum Domain {
        /** Numbers of any class. */
        NUMBER,
        /** Strings. */
        TEXT,
        /** Timestamps. */
        TIME
    }

    /** Returns the range between two bounds, or null if it is empty or a bound is null. */
    static @Nullable Range of(Domain domain, @Nullable Bound low, @Nullable Bound high) {
        return low == null || high == null || low.compareTo(high) > 0 ? null : new Range(domain, low, high);
    }

    /** Returns a lower bound at an operand, or null if values of the domain are not ordered against it. */
    static @Nullable Bound from(Domain domain, @Nullable Object operand) {
        return operand instanceof Number number && domain == Domain.NUMBER
                ? Bound.below(number)
                : bound(domain, operand);
    }

    /** Returns an upper bound at an operand, or null if values of the domain are not ordered against it. */
    static @Nullable Bound to(Domain domain, @Nullable Object operand) {
        return operand instanceof Number number && domain == Domain.NUMBER
                ? Bound.above(number)
                : bound(domain, operand);
    }

    /** Returns whether inclusive bounds at an operand are exact. */
    static boolean isExact(@Nullable Object operand) {
        return operand instanceof Number number && Bound.down(number) == Bound.up(number);
    }

    private static @Nullable Bound bound(Domain domain, @Nullable Object operand) {
        if (!(operand instanceof String text)) {
            return null;
        }
        if (domain == Domain.TEXT) {
            return Bound.ofText(text);
        }
        Instant time = domain == Domain.TIME ? Values.timestamp(text) : null;
        return time == null ? null : Bound.ofInstant(time);
    }

    /** Returns the intersection with a range of the same domain, or null if it is empty. */
    @Nullable Range intersect(Range other) {
        Bound from = low.compareTo(other.low) >= 0 ? low : other.low;
        Bound to = high.compareTo(other.high) <= 0 ? high : other.high;
        return of(domain, from, to);
    }

    boolean isBounded() {
        return !low.equals(Bound.LOWEST) && !high.equals(Bound.HIGHEST);
    }

    /** Returns whether the range contains a value of a record. */
    boolean contains(@Nullable Object value) {
        return switch (domain) {
            case NUMBER -> Values.key(value) instanceof Number number && containsNumber(number);
            case TEXT -> value instanceof String text && containsText(Bound.ofText(text));
            case TIME ->
                value instanceof Instant instant
                        && containsWord(Bound.ofInstant(instant).word());
        };
    }

    private boolean containsNumber(Number number) {
        return contains(Bound.word(Bound.down(number)), Bound.word(Bound.up(number)));
    }

    private boolean containsWord(long word) {
        return contains(word, word);
    }

    private boolean contains(long below, long above) {
        return low.word() <= below && above <= high.word();
    }

    private boolean containsText(Bound point) {
        return low.compareTo(point) <= 0 && point.compareTo(high) <= 0;
    }

    @Override
    public String toString() {
        return "[" + show(low) + ", " + show(high) + "]";
    }

    private String show(Bound bound) {
        if (bound.equals(Bound.LOWEST) || bound.equals(Bound.HIGHEST)) {
            return "-";
        }
        return switch (domain) {
            case NUMBER -> String.valueOf(bound.number());
            case TEXT -> Term.show(bound.text());
            case TIME -> Instant.EPOCH.plusNanos(bound.word()).toString();
        };
    }
}
