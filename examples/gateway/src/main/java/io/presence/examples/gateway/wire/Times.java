package io.presence.examples.gateway.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Moments in Appwrite's text form: ISO 8601 with milliseconds and an offset. */
public final class Times {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern(
            "[uuuu-MM-dd['T'][' '][HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS]][XXX][XX]]", Locale.ROOT);

    private Times() {}

    /** Writes a moment, for example {@code 2026-05-25T10:00:00.000+00:00}. */
    public static String write(Instant instant) {
        return WRITTEN.format(instant);
    }

    /**
     * Reads a moment: a date, with a time or not, with an offset or else in UTC.
     *
     * @throws DateTimeException if it is none
     */
    public static Instant read(String text) {
        TemporalAccessor parsed = READ.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime offset) {
            return offset.toInstant();
        }
        LocalDateTime local = parsed instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) parsed;
        return local.toInstant(ZoneOffset.UTC);
    }
}
