package io.presence.lock;

import java.time.Instant;

/**
 * A lock that a session was granted. The session holds it until it is released, stolen, the session ends, or the
 * session sends no heartbeat for the {@linkplain io.presence.PresenceStoreBuilder#lockTtl time to live} of locks.
 *
 * <p><b>Loss.</b> The holder is not interrupted and not called when it loses the lock. {@link #isHeld} returns false
 * from then on, and a subscription to {@link Locks} delivers the end. Both can be too late for a holder that pauses
 * between the check and its write. So the resource must compare the {@link #token}: see
 * {@link Locks#validate(String, long)}.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface SoftLock extends AutoCloseable {

    /**
     * Returns the name of the resource.
     *
     * @return the name that the lock was asked for by
     */
    String resource();

    /**
     * Returns the fencing token of this grant. Each grant of a store has a greater token than all earlier ones.
     *
     * @return the token, for the resource to compare
     */
    long token();

    /**
     * Returns the time of the grant, by the wall clock of the store. A session that takes up the lock of a former
     * session of its user within the grace has the time of that one.
     *
     * @return the time, in whole milliseconds
     */
    Instant since();

    /**
     * Returns whether the session holds this lock at this moment.
     *
     * <p><b>Cost.</b> One look-up and the monitor of the session's locks.
     *
     * @return false for good once the lock has ended or another session has it
     */
    boolean isHeld();

    /**
     * Sends a heartbeat to this lock alone. {@link io.presence.session.PresenceSession#touch()} renews all that the
     * session holds, its locks included.
     *
     * @return false if the lock is lost; nothing is changed then
     */
    boolean renew();

    /**
     * Releases this lock. The next session in the queue is granted it.
     *
     * @return false if it was lost or released before; nothing is changed then
     */
    boolean release();

    /** Releases this lock, as {@link #release} does. */
    @Override
    default void close() {
        var unused = release();
    }
}
