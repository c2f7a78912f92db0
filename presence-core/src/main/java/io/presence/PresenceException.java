package io.presence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that was understood and refused. Bad arguments are {@link IllegalArgumentException} instead.
 *
 * <p>Messages never tell whether a presence that the principal may not read exists, with one exception: writing an id
 * that somebody else holds fails with {@link Code#ID_UNAVAILABLE} and says nothing more.
 */
public final class PresenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final @Nullable Duration retryAfter;

    /** Why a request was refused. */
    public enum Code {
        /** There is no such presence, or the principal may not read it. */
        NOT_FOUND,
        /** There is no such presence to list from, or the principal may not read it. */
        CURSOR_NOT_FOUND,
        /**
         * The cursor was altered, or is of another store, principal, filter or order: list from the first page again.
         */
        CURSOR_INVALID,
        /** The principal may read the presence but not do this to it, or grants a role that it does not hold. */
        DENIED,
        /** The principal lacks the {@link Scope}. */
        SCOPE_MISSING,
        /** The id belongs to a presence of another user. */
        ID_UNAVAILABLE,
        /** The store holds as many presences as it may. */
        STORE_FULL,
        /**
         * The user has as many presences or subscriptions as it may, or writes more often than it may. The message
         * names the option of {@link PresenceStoreBuilder} and its value; {@link PresenceException#retryAfter} says
         * when to retry.
         */
        LIMIT_EXCEEDED,
        /** The store was closed. */
        STORE_CLOSED
    }

    /**
     * Makes a refusal.
     *
     * @param code why
     * @param message what was asked for, and the rule; each control character is shown as a question mark, so that
     *     text of a caller can't forge a line of a log
     */
    public PresenceException(Code code, String message) {
        this(code, message, null);
    }

    /**
     * Makes a refusal of what may be granted later.
     *
     * @param code why
     * @param message as for the other constructor
     * @param retryAfter how long to wait before the next attempt; null if no time is known
     */
    public PresenceException(Code code, String message, @Nullable Duration retryAfter) {
        super(Checks.printable(message));
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /**
     * Returns why the request was refused.
     *
     * @return one of a closed set
     */
    public Code code() {
        return code;
    }

    /**
     * Returns how long to wait before the next attempt. An earlier one may succeed too, for example after a delete.
     *
     * @return positive; null if no time is known, as for every code except {@link Code#LIMIT_EXCEEDED}
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
