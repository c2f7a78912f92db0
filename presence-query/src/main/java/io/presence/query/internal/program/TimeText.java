package io.presence.query.internal.program;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operand that is a string and can be read as a timestamp: beside a timestamp it is one, beside a string it is a
 * string.
 *
 * @param text the operand
 * @param instant what it denotes
 */
public record TimeText(String text, Instant instant) {
    /* Shorter than any date-time with an offset: "2026-01-01T00:00Z". */
    private static final int MIN_LENGTH = 17;

    /** Returns a text as a timestamp, or null when it is none. */
    public static @Nullable TimeText of(String text) {
        Instant instant = text.length() >= MIN_LENGTH ? IsoTime.parse(text) : null;
        return instant == null ? null : new TimeText(text, instant);
    }

    /** Returns the operand as {@link Constants} expects it: a string that is no timestamp stays a string. */
    static Object operand(String text) {
        TimeText time = of(text);
        return time == null ? text : time;
    }
}
