package io.presence.internal.cluster;

import io.presence.internal.store.StateImage;

/**
 * The new state of a presence.
 *
 * @param actions the actions since the last state that was sent, as a bit mask from 0 to 7
 */
record Put(Claim claim, StateImage state, int actions) implements Operation {}
