package io.presence.internal.store;

import static io.presence.PresenceException.Code.CURSOR_INVALID;
import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.PresenceException.Code.STORE_FULL;

import io.presence.PresenceException;

/** How requests are refused. Ids come from callers unchecked: what is repeated of them is bounded. */
public final class Refusals {

    private static final int MAX_EXCERPT = 64;

    private Refusals() {}

    static PresenceException notFound(String id) {
        return new PresenceException(NOT_FOUND, "presence must exist and be readable: " + excerpt(id));
    }

    static PresenceException denied(String deed, String id) {
        return new PresenceException(
                DENIED,
                "presence must grant " + (deed.equals("deleted") ? "delete" : "update")
                        + " to a role of the principal to be " + deed + ": " + excerpt(id));
    }

    static PresenceException taken(String id) {
        return new PresenceException(ID_UNAVAILABLE, "presenceId is already in use: " + excerpt(id));
    }

    static PresenceException full(int maxPresences) {
        return new PresenceException(STORE_FULL, "living presences must be at most maxPresences: " + maxPresences);
    }

    static PresenceException fullOfEnded(long entries) {
        return new PresenceException(
                STORE_FULL, "living presences and undispatched ends must be at most twice maxPresences: " + entries);
    }

    static PresenceException closed() {
        return new PresenceException(STORE_CLOSED, "store is closed");
    }

    /** The refusal of a cursor that is an id which the caller can't find. */
    public static PresenceException noCursor(String id) {
        return new PresenceException(CURSOR_NOT_FOUND, "cursor must be a presence that is readable: " + excerpt(id));
    }

    /** The refusal of a cursor that this store did not make for this caller and query. */
    public static PresenceException badCursor(String cursor) {
        return new PresenceException(
                CURSOR_INVALID,
                "cursor must be one that this store returned for the same principal, filters and order: "
                        + excerpt(cursor));
    }

    private static String excerpt(String id) {
        return id.length() <= MAX_EXCERPT ? id : id.substring(0, MAX_EXCERPT) + "...";
    }
}
