package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import io.presence.query.internal.StructureEquality;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which values are equal, ordered and sorted. All evaluators of queries agree with them.
 *
 * <ul>
 * <li>Null equals nothing. Values of different types are never equal and never ordered; there is no conversion.
 * <li>Numbers are compared by their exact value, whatever their class: {@code 7} equals {@code 7.0}, {@code -0.0}
 *     equals {@code 0.0}, and 2<sup>53</sup>+1 does not equal the {@code double} nearest to it. NaN equals nothing and
 *     is not ordered.
 * <li>Strings are compared by Unicode code points, case-sensitively and without normalisation.
 * <li>A timestamp is an {@link Instant}. A string operand that is compared with one is read as RFC 3339. If it cannot
 *     be read, it is neither equal nor ordered. Compared with a string it is a string.
 * <li>Booleans can be equal but are not ordered.
 * <li>Lists are equal if their elements are, and maps if their values are key by key. A null element equals a null
 *     element, and an absent key equals a key whose value is null. They are not ordered.
 * </ul>
 *
 * <p><b>Cost.</b> Linear in the size of the values. Strings are compared without copies. The timestamp of an operand is
 * read each time.
 * <p><b>Threads.</b> Stateless.
 */
public final class Values {

    private static final Comparator<Object> NOT_NULL = SortOrder::compare;
    private static final Comparator<@Nullable Object> ASCENDING = Comparator.nullsLast(NOT_NULL);
    private static final Comparator<@Nullable Object> DESCENDING = Comparator.nullsLast(NOT_NULL.reversed());

    private Values() {}

    /**
     * Returns whether a value of a record equals an operand of a query.
     *
     * <p>The parameters differ only for timestamps: only the operand can be a string compared with an {@link Instant}.
     */
    public static boolean equal(@Nullable Object value, @Nullable Object operand) {
        if (value == null || operand == null) {
            return false;
        }
        if (value instanceof List || value instanceof Map) {
            return new StructureEquality().equal(value, operand);
        }
        if (value instanceof Boolean) {
            return value.equals(operand);
        }
        OptionalInt order = compare(value, operand);
        return order.isPresent() && order.getAsInt() == 0;
    }

    /**
     * Returns the order of a value of a record and an operand of a query: negative, zero or positive, or empty if the
     * two are not ordered. Two numbers are ordered, two strings, and a timestamp and an operand that can be read as
     * one.
     */
    public static OptionalInt compare(@Nullable Object value, @Nullable Object operand) {
        if (value instanceof String text && operand instanceof String other) {
            return OptionalInt.of(compareStrings(text, other));
        }
        if (value instanceof Instant instant && operand != null) {
            Instant other = operand instanceof String text ? timestamp(text) : instantOrNull(operand);
            return other == null ? OptionalInt.empty() : OptionalInt.of(instant.compareTo(other));
        }
        if (value instanceof Number a && operand instanceof Number b && isOrderedNumber(a) && isOrderedNumber(b)) {
            return OptionalInt.of(Numbers.compare(a, b));
        }
        return OptionalInt.empty();
    }

    /**
     * Returns the order of two numbers by value: negative, zero or positive.
     *
     * @throws IllegalArgumentException if a number is NaN, or of a class that {@link Attributes} does not list
     */
    public static int compareNumbers(Number a, Number b) {
        return Numbers.compare(requireOrdered(a), requireOrdered(b));
    }

    /**
     * Returns the order of two strings by Unicode code points: negative, zero or positive. Half of a surrogate pair
     * counts as the code point of its own number.
     */
    public static int compareStrings(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == length) {
            return Integer.compare(a.length(), b.length());
        }
        if (i > 0 && Character.isHighSurrogate(a.charAt(i - 1))) {
            // the strings may differ in the second half of a pair
            int order = Integer.compare(a.codePointAt(i - 1), b.codePointAt(i - 1));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
    }

    /**
     * Returns the key of a value for look-ups. Two strings, booleans, numbers or timestamps are equal if and only if
     * their keys are {@linkplain Object#equals equal}.
     *
     * <p>A string and an {@link Instant} are their own keys. To find timestamps by a string operand, look up its
     * {@link #timestamp} too.
     *
     * @return null for null, NaN, a list, a map or any other object, which have no key
     */
    public static @Nullable Object key(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        return value instanceof Number number && isOrderedNumber(number) ? Numbers.canonical(number) : null;
    }

    /**
     * Returns the instant of an RFC 3339 date-time such as {@code 2026-01-01T01:00:00.5+01:00}, or null if the text is
     * none. {@code docs/query-language.md} specifies the grammar.
     */
    public static @Nullable Instant timestamp(String text) {
        return DateTimeParser.parse(Checks.notNull("text", text));
    }

    /**
     * Returns the order in which a list is sorted by an attribute: smallest first, null last. Types are in the order
     * boolean, number, string, timestamp, list, map, and any other object. NaN comes after the other numbers,
     * {@code false} before {@code true}. Any two lists are equal in this order, and so are any two maps and any two
     * other objects: their comparison would be linear in their size.
     */
    public static Comparator<@Nullable Object> ascending() {
        return ASCENDING;
    }

    /** Returns the reverse of {@link #ascending()}, with null last too. */
    public static Comparator<@Nullable Object> descending() {
        return DESCENDING;
    }

    private static @Nullable Instant instantOrNull(Object value) {
        return value instanceof Instant instant ? instant : null;
    }

    private static boolean isOrderedNumber(@Nullable Object value) {
        return value != null && Numbers.isNumber(value) && !Numbers.isNaN(value);
    }

    private static Number requireOrdered(Number value) {
        if (!isOrderedNumber(Checks.notNull("number", value))) {
            throw new IllegalArgumentException("number must be ordered: " + ErrorExcerpt.of(value));
        }
        return value;
    }
}
