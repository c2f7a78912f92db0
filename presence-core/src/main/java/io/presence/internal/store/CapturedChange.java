package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a life since the dispatcher last looked: from the state it told to the newest, and perhaps the end.
 *
 * @param earlier the life before, whose end is to be told first unless it has been; null if there is none
 * @param from the state told last, or null
 * @param last the newest state; null only while the first is about to be published
 * @param end why the life is over, or null if it goes on
 * @param actions what was done to {@code last} since, as a mask of {@link ActionSet}
 */
public record CapturedChange(
        @Nullable Entry predecessor,
        @Nullable PresenceState from,
        @Nullable PresenceState last,
        @Nullable Cause end,
        int actions) {}
