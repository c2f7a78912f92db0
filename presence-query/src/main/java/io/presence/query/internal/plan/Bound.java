package io.presence.query.internal.plan;

import io.presence.query.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An end of a range, or a point: a word in the order of the values, with the string itself if the word is only its
 * beginning.
 *
 * <p>A number that is no {@code double} lies between two of them. A range begins at the lower and ends at the upper
 * one, so that it contains all required values and possibly a few more. Timestamps before 1677 have one word, and those
 * after 2262 another. The word of a string has its first three code points, and equal words are decided by a comparison
 * of the strings.
 *
 * @param word the word
 * @param text the string, or null for a number, a timestamp or no bound
 */
public record Bound(long word, @Nullable String text) implements Comparable<Bound> {

    /** The bound below all values. */
    public static final Bound LOWEST = new Bound(Long.MIN_VALUE, null);
    /** The bound above all values. */
    public static final Bound HIGHEST = new Bound(Long.MAX_VALUE, null);

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / NANOS_PER_SECOND;
    private static final long LAST_NANO = LAST_SECOND * NANOS_PER_SECOND;
    private static final int CODE_POINT_BITS = 21;
    private static final int CODE_POINTS = 3;
    /* Every integer up to this one is a double. */
    private static final long WHOLE_DOUBLES = 1L << 53;

    /** Returns the bound at a number. */
    public static Bound ofNumber(double value) {
        return new Bound(word(value), null);
    }

    /** Returns the bound at a number, or at the greatest {@code double} below it. */
    public static Bound below(Number number) {
        return ofNumber(down(number));
    }

    /** Returns the bound at a number, or at the least {@code double} above it. */
    public static Bound above(Number number) {
        return ofNumber(up(number));
    }

    /** Returns the greatest {@code double} that is not greater than a number. */
    public static double down(Number number) {
        double nearest = number.doubleValue();
        return !isDouble(number) && Values.compareNumbers(nearest, number) > 0 ? Math.nextDown(nearest) : nearest;
    }

    /** Returns the least {@code double} that is not less than a number. */
    public static double up(Number number) {
        double nearest = number.doubleValue();
        return !isDouble(number) && Values.compareNumbers(nearest, number) < 0 ? Math.nextUp(nearest) : nearest;
    }

    /* Can be false for a double: a comparison of numbers would allocate. */
    private static boolean isDouble(Number number) {
        return number instanceof Double || (number instanceof Long whole && Math.abs(whole) <= WHOLE_DOUBLES);
    }

    /** Returns the bound at a timestamp. */
    public static Bound ofInstant(Instant instant) {
        return new Bound(word(instant.getEpochSecond(), instant.getNano()), null);
    }

    /**
     * Returns a timestamp as a word: its nanoseconds since 1970, or the nearest number of them that a long can hold.
     */
    public static long word(long epochSecond, int nanos) {
        if (epochSecond < -LAST_SECOND || epochSecond >= LAST_SECOND) {
            return epochSecond < 0 ? -LAST_NANO : LAST_NANO;
        }
        return epochSecond * NANOS_PER_SECOND + nanos;
    }

    /** Returns the bound at a string. */
    public static Bound ofText(String text) {
        return new Bound(word(text), text);
    }

    /**
     * Returns a number as a word. It is equal for -0.0 and 0.0, since a number too small for a {@code double} is
     * rounded to either.
     */
    public static long word(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** Returns the number at this bound. */
    public double number() {
        return Double.longBitsToDouble(word ^ ((word >> 63) & Long.MAX_VALUE));
    }

    /** Returns the first code points of a string as a word. A prefix comes before the longer string. */
    public static long word(String text) {
        long word = 0;
        int at = 0;
        for (int i = 0; i < CODE_POINTS; i++) {
            word <<= CODE_POINT_BITS;
            if (at < text.length()) {
                int codePoint = text.codePointAt(at);
                word |= codePoint + 1;
                at += Character.charCount(codePoint);
            }
        }
        return word;
    }

    /** Compares two bounds of values of one type. */
    @Override
    public int compareTo(Bound other) {
        return compare(word, text, other.word, other.text);
    }

    public static int compare(long word, @Nullable String text, long otherWord, @Nullable String otherText) {
        if (word != otherWord || text == null || otherText == null) {
            return Long.compare(word, otherWord);
        }
        return Values.compareStrings(text, otherText);
    }
}
