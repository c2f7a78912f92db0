package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.PresenceState;
import org.jspecify.annotations.Nullable;

/** Makes the events of presences that leave sight. */
final class ExitEvents {

    private ExitEvents() {}

    /**
     * Returns the event of an exit.
     *
     * @param told the state that the subscription was told last
     * @param ending the times of the end, if they are known and the cause is one
     */
    static PresenceEvent event(
            long revision, Action action, @Nullable Cause cause, PresenceState told, @Nullable EndTimes ending) {
        if (cause == null || !cause.isEnd() || ending == null) {
            return new PresenceEvent(revision, action, Change.EXIT, cause, told, null);
        }
        PresenceState shown = cause == Cause.EXPIRED ? ending.expired(told) : told;
        return new PresenceEvent(
                revision, action, Change.EXIT, cause, shown, null, ending.endedAt(), ending.lastSeenAt());
    }
}
