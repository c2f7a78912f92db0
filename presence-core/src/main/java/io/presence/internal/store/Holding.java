package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The holders of an incarnation, or its end. Null stands for an incarnation that is alive, is held by no session and
 * ends at its deadline by expiry.
 *
 * <p><b>Threads.</b> Replaced under the monitor of the entry, read by any thread.
 */
sealed interface Holding permits Hold, SharedHold, Grace, Ending {

    /** The hold of a session, or null if the session does not hold the incarnation. */
    @Nullable Hold of(SessionHolds session);

    /** Returns whether this is, or contains, a hold. */
    boolean contains(Hold hold);

    /** The holders without one of them; null if it is the only one. */
    @Nullable Holding without(Hold hold);
}
