package io.presence.examples.gateway.wire;

import io.presence.query.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in the text form of Appwrite: ISO 8601 with milliseconds and an offset. */
public final class Times {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Writes a moment, for example {@code 2026-05-25T10:00:00.000+00:00}. */
    public static String write(Instant instant) {
        return WRITTEN.format(instant);
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
