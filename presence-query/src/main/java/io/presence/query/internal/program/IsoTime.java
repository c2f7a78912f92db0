package io.presence.query.internal.program;

import io.presence.query.Values;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A parser of date-times with an offset, for the same texts and with the same results as {@link Values#timestamp}.
 *
 * <p><b>Cost.</b> Tens of nanoseconds for a text that is no date-time, and for one whose year has four digits and whose offset
 * is {@code Z} or {@code ±hh:mm}. Microseconds for other notations. A formatter takes as long for each text, and ten times as
 * long for one that is no date-time, since it throws.
 */
final class IsoTime {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;
    private static final long MAX_OFFSET = 18 * HOUR;
    /* Two digits of hours, unless an odd number of digits says that it is one. A formatter throws for more than 23. */
    private static final int MAX_HOURS = 18;
    private static final int MAX_FRACTION = 9;
    private static final int OFFSET_LENGTH = 6;
    private static final int INVALID = -1;

    private final String text;
    private int at;

    private IsoTime(String text) {
        this.text = text;
    }

    /** Returns the instant that a text denotes, or null. */
    static @Nullable Instant parse(String text) {
        boolean isSigned = text.startsWith("+") || text.startsWith("-");
        return isSigned ? slowly(text) : new IsoTime(text).instant();
    }

    private @Nullable Instant instant() {
        int year = digits(4);
        int month = literal('-') ? digits(2) : INVALID;
        int day = literal('-') ? digits(2) : INVALID;
        int hour = literal('T') || literal('t') ? digits(2) : INVALID;
        int minute = literal(':') ? digits(2) : INVALID;
        boolean hasSeconds = literal(':');
        int second = hasSeconds ? digits(2) : 0;
        boolean isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1;
        if (!isDate || day > YearMonth.of(year, month).lengthOfMonth() || !isTime(hour, minute, second)) {
            return null;
        }
        boolean hasFraction = hasSeconds && at < text.length() && text.charAt(at) == '.';
        int nanos = hasFraction ? fraction() : 0;
        long local = LocalDate.of(year, month, day).toEpochDay() * DAY + hour * HOUR + minute * MINUTE + second;
        return nanos == INVALID ? slowly(text) : atOffset(local, nanos);
    }

    private static boolean isTime(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < MINUTE && second >= 0 && second < MINUTE;
    }

    private @Nullable Instant atOffset(long local, int nanos) {
        int left = text.length() - at;
        if (left == 1 && (literal('Z') || literal('z'))) {
            return Instant.ofEpochSecond(local, nanos);
        }
        boolean isSigned = left > 0 && (text.charAt(at) == '+' || text.charAt(at) == '-');
        if (!isSigned) {
            return null;
        }
        int sign = text.charAt(at++) == '+' ? 1 : -1;
        int hours = digits(2);
        if (hours > MAX_HOURS && (left % 2 == 1 || text.charAt(at) == ':')) {
            return null;
        }
        int minutes = literal(':') ? digits(2) : INVALID;
        long offset = hours * HOUR + minutes * MINUTE;
        boolean isPlain =
                left == OFFSET_LENGTH && hours >= 0 && minutes >= 0 && minutes < MINUTE && offset <= MAX_OFFSET;
        return isPlain ? Instant.ofEpochSecond(local - sign * offset, nanos) : slowly(text);
    }

    /** Reads so many digits and returns their number, or {@link #INVALID}. */
    private int digits(int count) {
        if (at + count > text.length()) {
            return INVALID;
        }
        int number = 0;
        for (int i = 0; i < count; i++, at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return INVALID;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private boolean literal(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads a point and up to nine digits, and returns the nanoseconds, or {@link #INVALID} for no digit. */
    private int fraction() {
        int first = ++at;
        int nanos = 0;
        for (int i = 0; i < MAX_FRACTION; i++) {
            boolean isDigit = at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
            nanos = 10 * nanos + (isDigit ? text.charAt(at++) - '0' : 0);
        }
        return at == first ? INVALID : nanos;
    }

    /* A formatter rarely throws for what is only to be recognized, but nearly always for what is to be resolved. */
    private static @Nullable Instant slowly(String text) {
        ParsePosition position = new ParsePosition(0);
        TemporalAccessor fields = fields(text, position);
        boolean isWhole = position.getErrorIndex() < 0 && position.getIndex() == text.length();
        return fields != null && isWhole && isInRange(fields) ? Values.timestamp(text) : null;
    }

    private static @Nullable TemporalAccessor fields(String text, ParsePosition position) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parseUnresolved(text, position);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isInRange(TemporalAccessor fields) {
        return isInRange(fields, ChronoField.YEAR)
                && isInRange(fields, ChronoField.MONTH_OF_YEAR)
                && isInRange(fields, ChronoField.DAY_OF_MONTH)
                && isInRange(fields, ChronoField.HOUR_OF_DAY)
                && isInRange(fields, ChronoField.MINUTE_OF_HOUR)
                && isInRange(fields, ChronoField.SECOND_OF_MINUTE)
                && isInRange(fields, ChronoField.OFFSET_SECONDS);
    }

    private static boolean isInRange(TemporalAccessor fields, ChronoField field) {
        return !fields.isSupported(field) || field.range().isValidValue(fields.getLong(field));
    }
}
