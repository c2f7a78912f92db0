package io.presence.internal.store;

import static io.presence.PresenceException.Code.CURSOR_INVALID;
import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.LIMIT_EXCEEDED;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.PresenceException.Code.STORE_FULL;

import io.presence.PresenceException;
import java.time.Duration;

/** How requests are refused. Ids come from callers unchecked: what is repeated of them is bounded. */
public final class StoreErrors {

    private static final int MAX_EXCERPT = 64;

    private StoreErrors() {}

    static PresenceException notFound(String id) {
        return new PresenceException(NOT_FOUND, "presence must exist and be readable: " + excerpt(id));
    }

    static PresenceException denied(String deed, String id) {
        return new PresenceException(
                DENIED,
                "presence must grant " + (deed.equals("deleted") ? "delete" : "update")
                        + " to a role of the principal to be " + deed + ": " + excerpt(id));
    }

    static PresenceException idUnavailable(String id) {
        return new PresenceException(ID_UNAVAILABLE, "presenceId is already in use: " + excerpt(id));
    }

    static PresenceException full(int maxPresences) {
        return new PresenceException(STORE_FULL, "living presences must be at most maxPresences: " + maxPresences);
    }

    static PresenceException fullOfEnded(long entries) {
        return new PresenceException(
                STORE_FULL, "living presences and undispatched ends must be at most twice maxPresences: " + entries);
    }

    /**
     * The refusal by the limit of living presences.
     *
     * @param waitNanos until the first of them ends if nobody renews it; 0 if that is not known
     */
    static PresenceException presencesOfUser(int most, long waitNanos) {
        return ofUser("living presences of a user must be at most maxPresencesPerUser: " + most, waitNanos);
    }

    /** The refusal by the limit of open subscriptions. */
    public static PresenceException subscriptionsOfUser(int most) {
        return ofUser("open subscriptions of a user must be at most maxSubscriptionsPerUser: " + most, 0);
    }

    /**
     * The refusal by the limit of writes.
     *
     * @param waitNanos until the next write is accepted
     */
    static PresenceException writesOfUser(int most, long waitNanos) {
        return ofUser("writes of a user in a second must be at most maxWritesPerSecondPerUser: " + most, waitNanos);
    }

    private static PresenceException ofUser(String rule, long waitNanos) {
        Duration wait = waitNanos == 0 ? null : Duration.ofNanos(waitNanos);
        String hint = wait == null ? " (retry once one has ended)" : " (retry after " + wait + ")";
        return new PresenceException(LIMIT_EXCEEDED, rule + hint, wait);
    }

    /** The refusal of an id outside of those of a user. */
    static PresenceException notOwnId(String user, String id) {
        return new PresenceException(
                DENIED,
                "presenceId must be one that PresenceId.of returns for userId " + excerpt(user) + ": " + excerpt(id));
    }

    /** The refusal of an id of another user than the one that trusted code names. */
    static IllegalArgumentException idOfOther(String user, String id) {
        return new IllegalArgumentException(
                "presenceId must have no ~, or be one that PresenceId.of returns for userId " + excerpt(user) + ": "
                        + excerpt(id));
    }

    static PresenceException storeClosed() {
        return new PresenceException(STORE_CLOSED, "store is closed");
    }

    /** The refusal of a cursor that is an id which the caller can't find. */
    public static PresenceException cursorNotFound(String id) {
        return new PresenceException(CURSOR_NOT_FOUND, "cursor must be a presence that is readable: " + excerpt(id));
    }

    /** The refusal of a cursor that this store did not make for this caller and query. */
    public static PresenceException cursorInvalid(String cursor) {
        return new PresenceException(
                CURSOR_INVALID,
                "cursor must be one that this store returned for the same principal, filters and order: "
                        + excerpt(cursor));
    }

    private static String excerpt(String id) {
        return id.length() <= MAX_EXCERPT ? id : id.substring(0, MAX_EXCERPT) + "...";
    }
}
