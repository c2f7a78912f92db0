package io.presence;

/**
 * A request that was understood and refused. Bad arguments are {@link IllegalArgumentException} instead.
 *
 * <p>Messages never tell whether a presence that the principal may not read exists, with one exception: writing an id
 * that somebody else holds fails with {@link Code#ID_UNAVAILABLE} and says nothing more.
 */
public final class PresenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /** Why a request was refused. */
    public enum Code {
        /** There is no such presence, or the principal may not read it. */
        NOT_FOUND,
        /** There is no such presence to list from, or the principal may not read it. */
        CURSOR_NOT_FOUND,
        /** The cursor was altered, or is of another store, principal, filter or order: list from the first page again. */
        CURSOR_INVALID,
        /** The principal may read the presence but not do this to it, or grants a role that it does not hold. */
        DENIED,
        /** The principal lacks the {@link Scope}. */
        SCOPE_MISSING,
        /** The id belongs to a presence of another user. */
        ID_UNAVAILABLE,
        /** The store holds as many presences as it may. */
        STORE_FULL,
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
        super(Checks.printable(message));
        this.code = code;
    }

    /**
     * Returns why the request was refused.
     *
     * @return one of a closed set
     */
    public Code code() {
        return code;
    }
}
