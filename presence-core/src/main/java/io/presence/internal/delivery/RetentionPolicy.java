package io.presence.internal.delivery;

import io.presence.internal.store.PresenceState;

/**
 * The rule that decides which pending changes of a subscription are weighed: those whose number is not bounded by the
 * presences in the store.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
interface RetentionPolicy {

    /**
     * Returns whether the channel is of one action, on which the ENTER and EXIT of a presence need not cancel out. On
     * any other channel only the unevaluated changes of ended presences are weighed.
     */
    boolean isOfOneAction();

    /** Returns whether the store itself retains a state. */
    boolean isRetained(PresenceState state);
}
