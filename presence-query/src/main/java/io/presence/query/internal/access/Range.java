package io.presence.query.internal.access;

import io.presence.query.Values;
import io.presence.query.internal.program.TimeText;
import io.presence.query.internal.range.Bound;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of one type from one bound to another, bounds included; a little too many rather than too few.
 *
 * @param domain which type
 * @param low the lower bound
 * @param high the upper bound, not below the lower
 */
public record Range(Domain domain, Bound low, Bound high) {
    /** The types of values that are ordered. */
    public enum Domain {
        /** Numbers, whatever holds them. */
        NUMBER,
        /** Strings. */
        TEXT,
        /** Timestamps. */
        TIME
    }

    static Range atLeast(Domain domain, Bound low) {
        return new Range(domain, low, Bound.HIGHEST);
    }

    static Range atMost(Domain domain, Bound high) {
        return new Range(domain, Bound.LOWEST, high);
    }

    /** Returns the bound at an operand, or null when values of the domain aren't ordered against it. */
    static @Nullable Bound bound(Domain domain, @Nullable Object operand) {
        if (operand instanceof Number number) {
            return domain == Domain.NUMBER ? Bound.ofNumber(number.doubleValue()) : null;
        }
        if (!(operand instanceof String text)) {
            return null;
        }
        if (domain == Domain.TEXT) {
            return Bound.ofText(text);
        }
        TimeText time = domain == Domain.TIME ? TimeText.of(text) : null;
        return time == null ? null : Bound.ofSeconds(time.instant().getEpochSecond());
    }

    /** Returns what is in both, or null if nothing is. Of the same domain. */
    @Nullable Range intersect(Range other) {
        Bound from = low.compareTo(other.low) >= 0 ? low : other.low;
        Bound to = high.compareTo(other.high) <= 0 ? high : other.high;
        return from.compareTo(to) > 0 ? null : new Range(domain, from, to);
    }

    boolean isBounded() {
        return !low.equals(Bound.LOWEST) && !high.equals(Bound.HIGHEST);
    }

    /** Tells whether a value of a record is within. */
    boolean contains(@Nullable Object value) {
        Bound point = point(value);
        return point != null && low.compareTo(point) <= 0 && point.compareTo(high) <= 0;
    }

    private @Nullable Bound point(@Nullable Object value) {
        return switch (domain) {
            case NUMBER -> Values.key(value) instanceof Number number ? Bound.ofNumber(number.doubleValue()) : null;
            case TEXT -> value instanceof String text ? Bound.ofText(text) : null;
            case TIME -> value instanceof Instant instant ? Bound.ofSeconds(instant.getEpochSecond()) : null;
        };
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
            case TIME -> Instant.ofEpochSecond(bound.word()).toString();
        };
    }
}
