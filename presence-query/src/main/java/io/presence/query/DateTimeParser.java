package io.presence.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A parser of RFC 3339 timestamps with 0 to 9 fractional digits and, outside its years, a sign and up to nine digits.
 * {@code docs/query-language.md} specifies the grammar, which does not depend on the JDK.
 *
 * <p><b>Cost.</b> Linear in the text, of which at most 45 characters are read. It creates no exceptions.
 */
final class DateTimeParser {

    private static final int MAX_YEAR_DIGITS = 9;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 86_400;

    private final String text;
    private int at;
    private boolean valid = true;

    private DateTimeParser(String text) {
        this.text = text;
    }

    /** Returns the instant of a text, or null if it is no timestamp. */
    static @Nullable Instant parse(String text) {
        return new DateTimeParser(text).instant();
    }

    private @Nullable Instant instant() {
        long days = date();
        expect('T');
        int seconds = digits(2, 0, 23) * 3600;
        expect(':');
        seconds += digits(2, 0, 59) * 60;
        expect(':');
        seconds += digits(2, 0, 59);
        int nanos = fraction();
        seconds -= offset();
        return valid && at == text.length() ? Instant.ofEpochSecond(days * SECONDS_PER_DAY + seconds, nanos) : null;
    }

    private long date() {
        int year = year();
        expect('-');
        int month = digits(2, 1, 12);
        expect('-');
        int day = digits(2, 1, 31);
        valid = valid && day <= YearMonth.of(year, month).lengthOfMonth();
        return valid ? LocalDate.of(year, month, day).toEpochDay() : 0;
    }

    /* Four digits; after a minus up to nine, and after a plus at least five, as Instant and JavaScript write them. */
    private int year() {
        char sign = peek();
        if (sign != '+' && sign != '-') {
            return digits(4, 0, 9999);
        }
        int start = ++at;
        while (isDigit() && at - start < MAX_YEAR_DIGITS) {
            at++;
        }
        int length = at - start;
        at = start;
        if (length < (sign == '+' ? 5 : 4)) {
            valid = false;
            return 0;
        }
        int year = digits(length, sign == '+' ? 0 : 1, 999_999_999);
        return sign == '+' ? year : -year;
    }

    private int fraction() {
        if (peek() != '.') {
            return 0;
        }
        int start = ++at;
        int nanos = 0;
        for (int i = 0; i < MAX_FRACTION_DIGITS; i++) {
            nanos = nanos * 10 + (isDigit() ? text.charAt(at++) - '0' : 0);
        }
        valid &= at > start;
        return nanos;
    }

    private int offset() {
        char sign = peek();
        if (sign != '+' && sign != '-') {
            expect('Z');
            return 0;
        }
        at++;
        int seconds = digits(2, 0, 23) * 3600;
        expect(':');
        seconds += digits(2, 0, 59) * 60;
        return sign == '+' ? seconds : -seconds;
    }

    /** Reads a number of digits, whose value is within bounds. */
    private int digits(int count, int least, int most) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            valid &= isDigit();
            if (!valid) {
                return least;
            }
            number = number * 10 + (text.charAt(at++) - '0');
        }
        valid &= number >= least && number <= most;
        return number;
    }

    /** Reads a character; a letter in either case. */
    private void expect(char upper) {
        char c = peek();
        valid &= c == upper || (Character.isUpperCase(upper) && c == Character.toLowerCase(upper));
        at++;
    }

    private boolean isDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
