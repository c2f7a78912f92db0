package io.presence.json;

import org.jspecify.annotations.Nullable;

/**
 * The refusal of a JSON text or object that is not a valid request. It names the field.
 *
 * <p><b>Threads.</b> Immutable, except for what a {@link Throwable} has.
 */
public final class PresenceJsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * Creates a refusal.
     *
     * @param field the field, or an empty text for the whole request
     * @param message the reason, for people
     * @param cause the exception that rejected the value, or null
     */
    PresenceJsonException(String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /**
     * Returns the field that was refused.
     *
     * @return for example {@code status}, {@code permissions[1]} or {@code metadata.cursor.x}; an empty text if the
     *     request as a whole was refused
     */
    public String field() {
        return field;
    }
}
