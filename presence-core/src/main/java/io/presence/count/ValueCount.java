package io.presence.count;

import static java.util.Objects.requireNonNull;

/**
 * The number of presences and of users with one value of an attribute.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param value a string, a boolean, a number or an {@link java.time.Instant}. Numbers that queries regard as equal are
 *     one value, in one class: {@code 7} and {@code 7.0} are the same
 * @param presences the number of presences with the value
 * @param users the number of different users of these presences
 */
public record ValueCount(Object value, int presences, int users) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is negative, or there are more users than presences
     */
    public ValueCount {
        requireNonNull(value, "value must not be null");
        if (users < 0) {
            throw new IllegalArgumentException("users must not be negative: " + users);
        }
        if (presences < users) {
            throw new IllegalArgumentException("presences must be at least users, " + users + ": " + presences);
        }
    }
}
