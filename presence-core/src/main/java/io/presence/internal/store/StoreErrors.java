package io.presence.internal.store;

import static io.presence.PresenceException.Code.CURSOR_INVALID;
import static io.presence.PresenceException.Code.CURSOR_NOT_FOUND;
import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.DRAINING;
import static io.presence.PresenceException.Code.FENCED;
import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.LIMIT_EXCEEDED;
import static io.presence.PresenceException.Code.NOT_FOUND;
import static io.presence.PresenceException.Code.SESSION_CLOSED;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.PresenceException.Code.STORE_FULL;
import static io.presence.PresenceException.Code.VERSION_CONFLICT;

import io.presence.PresenceException;
import io.presence.lock.Locks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The errors of rejected requests. Ids from callers are unchecked, so an error quotes at most {@value #MAX_EXCERPT}
 * characters of them.
 */
public final class StoreErrors {

    private static final int MAX_EXCERPT = 64;

    private StoreErrors() {}

    static PresenceException notFound(String id) {
        return new PresenceException(NOT_FOUND, "presence must exist and be readable: " + excerpt(id));
    }

    static PresenceException denied(String operation, String id) {
        return new PresenceException(
                DENIED,
                "presence must grant " + (operation.equals("deleted") ? "delete" : "update")
                        + " to a role of the principal to be " + operation + ": " + excerpt(id));
    }

    static PresenceException idUnavailable(String id) {
        return new PresenceException(ID_UNAVAILABLE, "presenceId is already in use: " + excerpt(id));
    }

    /** The error of {@code ifAbsent} if there is a presence of the writer. */
    static PresenceException notAbsent(String id) {
        return new PresenceException(VERSION_CONFLICT, "presence must be absent for ifAbsent: " + excerpt(id));
    }

    /** The error of a write that requires another version. */
    static PresenceException versionConflict(String id) {
        return new PresenceException(VERSION_CONFLICT, "presence must have the required version: " + excerpt(id));
    }

    static PresenceException full(int maxPresences) {
        return new PresenceException(STORE_FULL, "living presences must be at most maxPresences: " + maxPresences);
    }

    static PresenceException fullOfEnded(long entries) {
        return new PresenceException(
                STORE_FULL, "living presences and undispatched ends must be at most twice maxPresences: " + entries);
    }

    /**
     * The error of the limit of live presences of a user.
     *
     * @param waitNanos the time until the first of them expires unless it is extended; 0 if that is unknown
     */
    static PresenceException presencesOfUser(int limit, long waitNanos) {
        return ofUser("living presences of a user must be at most maxPresencesPerUser: " + limit, waitNanos);
    }

    /** The error of the limit of open subscriptions of a user. */
    public static PresenceException subscriptionsOfUser(int limit) {
        return ofUser("open subscriptions of a user must be at most maxSubscriptionsPerUser: " + limit, 0);
    }

    /** The error of an attribute that counts cannot have. */
    public static IllegalArgumentException notCountable(String attribute) {
        return new IllegalArgumentException(
                "attribute must be userId, status, source or metadata.<path>: " + excerpt(attribute));
    }

    /** The error of the limit of open views. */
    public static PresenceException views(int limit) {
        return new PresenceException(
                LIMIT_EXCEEDED,
                "open views with different filters or rights must be at most maxViews: " + limit
                        + " (retry once one is closed)");
    }

    /**
     * The error of the limit of writes of a user.
     *
     * @param waitNanos the time until the next write is accepted
     */
    static PresenceException writesOfUser(int limit, long waitNanos) {
        return ofUser("writes of a user in a second must be at most maxWritesPerSecondPerUser: " + limit, waitNanos);
    }

    private static PresenceException ofUser(String rule, long waitNanos) {
        Duration wait = waitNanos == 0 ? null : Duration.ofNanos(waitNanos);
        String hint = wait == null ? " (retry once one has ended)" : " (retry after " + wait + ")";
        return new PresenceException(LIMIT_EXCEEDED, rule + hint, wait);
    }

    /** The error of a presence id that does not belong to the principal's user. */
    static PresenceException notOwnId(String user, String id) {
        return new PresenceException(
                DENIED,
                "presenceId must be one that PresenceId.of returns for userId " + excerpt(user) + ": " + excerpt(id));
    }

    /** The error of a presence id that does not belong to the user that trusted code names. */
    static IllegalArgumentException idOfOther(String user, String id) {
        return new IllegalArgumentException(
                "presenceId must have no ~, or be one that PresenceId.of returns for userId " + excerpt(user) + ": "
                        + excerpt(id));
    }

    /** The error of an operation of a session on a live presence that it does not hold. */
    static PresenceException fenced(String id) {
        return new PresenceException(FENCED, "presence must be held by the session: " + excerpt(id));
    }

    static PresenceException tooManyHolders(String id) {
        return new PresenceException(
                LIMIT_EXCEEDED,
                "sessions that hold a presence must be at most " + SharedHold.MAX_HOLDERS + ": " + excerpt(id));
    }

    /** The error of an ordinary write of an id that locks have. */
    static IllegalArgumentException reservedForLocks(String id) {
        return new IllegalArgumentException("presenceId must not begin with " + Locks.ID_PREFIX
                + ", which PresenceSession.tryLock uses: " + excerpt(id));
    }

    /** The error of a lock that the policy refuses. */
    public static PresenceException lockRefused(String resource) {
        return new PresenceException(
                DENIED, "resource must be one that the lockPolicy lets the principal lock: " + excerpt(resource));
    }

    /** The error of the use of locks in a store without them. */
    public static IllegalStateException noLocks() {
        return new IllegalStateException("lockPolicy must be set for locks");
    }

    /** The error of a grant for which there is no token. */
    public static PresenceException noToken(String reason) {
        return new PresenceException(DENIED, "lockTokens must supply a token: " + reason);
    }

    /**
     * The error of the limit of locks of a user.
     *
     * @param wait the time until the first of them ends unless it is renewed, or null
     */
    public static PresenceException locksOfUser(int limit, @Nullable Duration wait) {
        return ofUser("locks of a user must be at most maxLocksPerUser: " + limit, wait == null ? 0 : wait.toNanos());
    }

    /** The error of the limit of locks that a user waits for. */
    public static PresenceException lockWaitsOfUser(int limit) {
        return ofUser("locks that a user waits for must be at most maxLocksPerUser: " + limit, 0);
    }

    /** The error of the limit of sessions that wait for one lock. */
    public static PresenceException lockWaiters(int limit, String resource) {
        return new PresenceException(
                LIMIT_EXCEEDED, "sessions that wait for a lock must be at most " + limit + ": " + excerpt(resource));
    }

    /** The error of a wait that the drain of the store has ended. */
    public static PresenceException drainedWait() {
        return new PresenceException(DRAINING, "store is drained and has closed the session");
    }

    /** The error of an operation of a closed session. */
    public static PresenceException sessionClosed() {
        return new PresenceException(SESSION_CLOSED, "session is closed");
    }

    /** The error of a session that is opened while the store is drained. */
    public static PresenceException draining() {
        return new PresenceException(DRAINING, "store is drained and opens no session");
    }

    static PresenceException storeClosed() {
        return new PresenceException(STORE_CLOSED, "store is closed");
    }

    /** The error of a cursor whose presence the caller cannot read. */
    public static PresenceException cursorNotFound(String id) {
        return new PresenceException(CURSOR_NOT_FOUND, "cursor must be a presence that is readable: " + excerpt(id));
    }

    /** The error of a cursor that this store did not create for this caller and query. */
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
