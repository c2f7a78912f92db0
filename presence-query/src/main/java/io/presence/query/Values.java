package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which values are equal, ordered and sorted. Whatever evaluates queries uses these or agrees with them.
 *
 * <ul>
 * <li>Null is equal to nothing. Different types are never equal and never ordered; there is no conversion.
 * <li>Numbers go by value, exactly, whatever their class: {@code 7} is {@code 7.0}, {@code -0.0} is {@code 0.0}, and
 *     2<sup>53</sup>+1 is not the {@code double} nearest to it. NaN is equal to nothing and not ordered.
 * <li>Strings go by Unicode code point, case-sensitively and without normalisation.
 * <li>A timestamp is an {@link Instant}. A string operand beside one is read as RFC 3339; when it
 *     cannot be read it is neither equal nor ordered. Beside a string it stays a string.
 * <li>Booleans are equal but not ordered.
 * <li>Lists are equal element by element, and maps key by key, where a null element is equal to a null element and an
 *     absent key to a null one. They are not ordered.
 * </ul>
 *
 * <p><b>Cost.</b> Linear in the size of the values. Strings are compared without copies; a timestamp is read from an
 * operand each time.
 * <p><b>Threads.</b> Stateless.
 */
public final class Values {
    private static final Comparator<Object> NOT_NULL = SortOrder::compare;
    private static final Comparator<@Nullable Object> ASCENDING = Comparator.nullsLast(NOT_NULL);
    private static final Comparator<@Nullable Object> DESCENDING = Comparator.nullsLast(NOT_NULL.reversed());

    private Values() {}

    /**
     * Returns whether a value of a record is equal to an operand of a query.
     *
     * <p>The two differ only in timestamps: it is the operand that may be a string beside an {@link Instant}.
     */
    public static boolean equal(@Nullable Object value, @Nullable Object operand) {
        if (value == null || operand == null) {
            return false;
        }
        if (value instanceof List<?> list) {
            return operand instanceof List<?> other && equalLists(list, other);
        }
        if (value instanceof Map<?, ?> map) {
            return operand instanceof Map<?, ?> other && equalMaps(map, other);
        }
        if (value instanceof Boolean) {
            return value.equals(operand);
        }
        OptionalInt order = compare(value, operand);
        return order.isPresent() && order.getAsInt() == 0;
    }

    /**
     * Returns how a value of a record is ordered against an operand of a query: negative, zero or positive, or nothing
     * when the two are not ordered. Only two numbers, two strings, and a timestamp and an operand that can be read as
     * one are.
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
     * Returns how two numbers are ordered by value: negative, zero or positive. Not for NaN.
     *
     * @throws IllegalArgumentException when a number is NaN, or of a class that {@link Attributes} does not list
     */
    public static int compareNumbers(Number a, Number b) {
        return Numbers.compare(requireOrdered(a), requireOrdered(b));
    }

    /**
     * Returns how two strings are ordered by Unicode code point: negative, zero or positive. A surrogate without its
     * other half counts as the code point of its own number.
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
     * Returns what to look a value up by: two strings, booleans, numbers or timestamps that are equal have keys that are
     * {@linkplain Object#equals equal}, and others have not.
     *
     * <p>A string is its own key and an {@link Instant} is its own, so to find timestamps by an operand that is a string,
     * look up its {@link #timestamp} too.
     *
     * @return null for null, NaN, a list, a map or any other object: these are not found by a key
     */
    public static @Nullable Object key(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        return value instanceof Number number && isOrderedNumber(number) ? Numbers.canonical(number) : null;
    }

    /**
     * Returns the instant that an RFC 3339 date-time denotes, such as {@code 2026-01-01T01:00:00.5+01:00}, or null when the
     * text is not one. The grammar is specified in {@code docs/query-language.md}.
     */
    public static @Nullable Instant timestamp(String text) {
        return DateTimeParser.parse(Checks.notNull("text", text));
    }

    /**
     * Returns the order of a list sorted by an attribute, for any two values: smallest first, null last. Types come in
     * the order boolean, number, string, timestamp, list, map, and any other object. NaN comes after the other numbers,
     * {@code false} before {@code true}. Of the last three types all values are alike: comparing two of them, which may be
     * large, would take as long as reading them, for each of the comparisons of a sort.
     */
    public static Comparator<@Nullable Object> ascending() {
        return ASCENDING;
    }

    /** Returns the reverse of {@link #ascending()}, except that null still comes last. */
    public static Comparator<@Nullable Object> descending() {
        return DESCENDING;
    }

    private static boolean equalLists(List<?> list, List<?> other) {
        if (list.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!equalOrBothNull(list.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Goes through the operand first, which ends soon if the map is another one, however large that is. */
    private static boolean equalMaps(Map<?, ?> map, Map<?, ?> other) {
        int common = 0;
        for (Map.Entry<?, ?> member : other.entrySet()) {
            if (!equalOrBothNull(map.get(member.getKey()), member.getValue())) {
                return false;
            }
            common += member.getValue() == null ? 0 : 1;
        }
        return common == map.size() || hasNoMore(map, common);
    }

    private static boolean hasNoMore(Map<?, ?> map, int expected) {
        int count = 0;
        for (Object value : map.values()) {
            count += value == null ? 0 : 1;
            if (count > expected) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalOrBothNull(@Nullable Object value, @Nullable Object operand) {
        return value == null ? operand == null : equal(value, operand);
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
