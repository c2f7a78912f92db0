package io.presence.examples.gateway.wire;

import io.presence.query.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Moments in the text form of Appwrite: ISO 8601 with milliseconds and an offset. */
public final class Times {

    private static final String DIGITS = "0000-00-00T00:00:00.000+00:00";

    private Times() {}

    /** Writes a moment of the years 0 to 9999, for example {@code 2026-05-25T10:00:00.000+00:00}. */
    public static String write(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        char[] text = DIGITS.toCharArray();
        put(text, 4, time.getYear());
        put(text, 7, time.getMonthValue());
        put(text, 10, time.getDayOfMonth());
        put(text, 13, time.getHour());
        put(text, 16, time.getMinute());
        put(text, 19, time.getSecond());
        put(text, 23, time.getNano() / 1_000_000);
        return new String(text);
    }

    private static void put(char[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[--at] = (char) ('0' + left % 10);
        }
    }

    /**
     * Reads a moment as queries do: an RFC 3339 date-time.
     *
     * @throws DateTimeException if it is malformed
     */
    public static Instant read(String text) {
        Instant instant = Values.timestamp(text);
        if (instant == null) {
            throw new DateTimeException("text must be an RFC 3339 date-time");
        }
        return instant;
    }
}
