package io.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An exception for a request that is valid and is refused. An invalid argument causes an
 * {@link IllegalArgumentException} instead.
 *
 * <p><b>Guarantees.</b> The message does not reveal whether a presence exists that the principal cannot read. The one
 * exception is {@link Code#ID_UNAVAILABLE}: it reveals that a presence of another user has the id, and nothing else.
 */
public final class PresenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final @Nullable Duration retryAfter;

    /** The reason of a refusal. */
    public enum Code {
        /** There is no presence of this id that the principal can read. */
        NOT_FOUND,
        /** The cursor is an id, and there is no presence of this id that the principal can read. */
        CURSOR_NOT_FOUND,
        /**
         * The cursor was altered, or belongs to another store, principal, filter or order. Start again from the first
         * page.
         */
        CURSOR_INVALID,
        /**
         * The principal can read the presence but has no permission for the operation, it grants a role that it does
         * not hold, or the {@linkplain PresenceStoreBuilder#lockPolicy policy} does not let it lock.
         */
        DENIED,
        /** The principal does not hold the required {@link Scope}. */
        SCOPE_MISSING,
        /** The id belongs to a presence of another user. */
        ID_UNAVAILABLE,
        /**
         * The condition of the write does not hold: the presence is absent or has another version, or it exists and the
         * write requires that it is absent. Nothing is changed. Read the presence and try again.
         */
        VERSION_CONFLICT,
        /** The store holds {@link PresenceStoreBuilder#maxPresences} presences. */
        STORE_FULL,
        /**
         * The user has reached a limit on presences, subscriptions, writes or locks. The message names the option of
         * {@link PresenceStoreBuilder} and its value, and {@link PresenceException#retryAfter} returns the time after
         * which to retry.
         */
        LIMIT_EXCEEDED,
        /**
         * The {@linkplain io.presence.session.PresenceSession session} does not hold the presence, for example because
         * a newer session of the user has taken it over. Nothing was changed.
         */
        FENCED,
        /** The {@linkplain io.presence.session.PresenceSession session} is closed. */
        SESSION_CLOSED,
        /** The store is {@linkplain PresenceStore#drain drained} and opens no further session. */
        DRAINING,
        /** The store is closed. */
        STORE_CLOSED
    }

    /**
     * Creates an exception without a time after which to retry.
     *
     * @param code the reason
     * @param message the request and the rule; each control character is replaced by a question mark, so that text of
     *     an untrusted caller cannot forge a log line
     */
    public PresenceException(Code code, String message) {
        this(code, message, null);
    }

    /**
     * Creates an exception with a time after which the request can succeed.
     *
     * @param code the reason
     * @param message as for the other constructor
     * @param retryAfter the time to wait before the next attempt; null if it is not known
     */
    public PresenceException(Code code, String message, @Nullable Duration retryAfter) {
        super(Checks.printable(message));
        this.code = Checks.notNull("code", code);
        this.retryAfter = retryAfter;
    }

    /**
     * Returns the reason of the refusal.
     *
     * @return one of the codes
     */
    public Code code() {
        return code;
    }

    /**
     * Returns the time to wait before the next attempt. An earlier attempt can succeed too, for example after a delete.
     *
     * @return positive; null if no time is known, as for every code except {@link Code#LIMIT_EXCEEDED}
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
