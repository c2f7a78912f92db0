package io.presence.query.internal.program;

import io.presence.query.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operand that is a string and can be read as a timestamp: beside a timestamp it is one, beside a string it is a
 * string.
 *
 * @param text the operand
 * @param instant what it denotes
 */
record TimestampText(String text, Instant instant) {
    /** Returns a text as a timestamp, or null when it is none. */
    static @Nullable TimestampText of(String text) {
        Instant instant = Values.timestamp(text);
        return instant == null ? null : new TimestampText(text, instant);
    }

    /** Returns the operand as {@link Constants} expects it: a string that is no timestamp stays a string. */
    static Object operand(String text) {
        TimestampText time = of(text);
        return time == null ? text : time;
    }
}
