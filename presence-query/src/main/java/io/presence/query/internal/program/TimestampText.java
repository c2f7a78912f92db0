package io.presence.query.internal.program;

import io.presence.query.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A string operand that can be read as a timestamp. It is a timestamp in a comparison with one, and otherwise a string.
 *
 * @param text the operand
 * @param instant the instant that it denotes
 */
record TimestampText(String text, Instant instant) {

    /** Returns a text as a timestamp, or null if it is none. */
    static @Nullable TimestampText of(String text) {
        Instant instant = Values.timestamp(text);
        return instant == null ? null : new TimestampText(text, instant);
    }

    /**
     * Returns the operand in the form that {@link Constants} describes: a string that is no timestamp stays a string.
     */
    static Object operand(String text) {
        TimestampText time = of(text);
        return time == null ? text : time;
    }
}
