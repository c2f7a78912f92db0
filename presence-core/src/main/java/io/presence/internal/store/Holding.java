package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The holders of an incarnation, or its end. Null stands for an incarnation that is alive, is held by no session and
 * ends at its deadline by expiry.
 *
 * <p>By default there are no holders, as in a grace or after the end.
 *
 * <p><b>Threads.</b> Replaced under the monitor of the entry, read by any thread.
 */
sealed interface Holding permits Hold, SharedHold, Grace, Ending, Replica {

    /** The hold of a session, or null if the session does not hold the incarnation. */
    default @Nullable Hold of(SessionHolds session) {
        return null;
    }

    /** Returns whether this is, or contains, a hold. */
    default boolean contains(Hold hold) {
        return false;
    }

    /** The holders without one of them; null if it is the only one. */
    default @Nullable Holding without(Hold hold) {
        return this;
    }
}
