package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The change of an incarnation since its last capture: the state dispatched last, the newest state and the end, if
 * any.
 *
 * @param from the state dispatched last, or null
 * @param last the newest state; null only before the first is published
 * @param end the cause of the end, or null if it is alive
 * @param actions the actions since the last capture, as a mask of {@link ActionSet}
 * @param isRemote whether another node owns the incarnation, or has ended it
 */
public record CapturedChange(
        @Nullable PresenceState from,
        @Nullable PresenceState last,
        @Nullable Cause end,
        int actions,
        boolean isRemote) {}
