package io.presence.internal.delivery;

import io.presence.internal.store.PresenceState;

/**
 * Which of the pending changes of a subscription are not bounded by the presences alive, and keep what nothing else
 * keeps.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
interface RetentionPolicy {

    /**
     * Tells whether the channel is of one action, so that a presence that came and went is not left out. On another
     * only the ends count of presences of which it is open whether they were seen.
     */
    boolean isOfOneAction();

    /** Tells whether the store holds a state itself. */
    boolean isHeld(PresenceState state);
}
