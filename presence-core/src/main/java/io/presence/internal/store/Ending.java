package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;

/**
 * The end of a life that was dispatched but whose end was not yet.
 *
 * @param last the final state of that life
 * @param cause why it ended
 * @param actions what was done to it since the last capture, as a mask of {@link Actions}
 */
public record Ending(State last, Cause cause, int actions) {}
