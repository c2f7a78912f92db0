package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.Ending;
import io.presence.internal.store.State;
import org.jspecify.annotations.Nullable;

/** Makes the events of presences that leave sight. */
final class Exits {

    private Exits() {}

    /**
     * Returns the event of an exit.
     *
     * @param told the state that the subscription was told last
     * @param ending the times of the end, if they are known and the cause is one
     */
    static PresenceEvent event(
            long revision, Action action, @Nullable Cause cause, State told, @Nullable Ending ending) {
        if (cause == null || !cause.isEnd() || ending == null) {
            return new PresenceEvent(revision, action, Change.EXIT, cause, told, null);
        }
        State shown = cause == Cause.EXPIRED ? ending.expired(told) : told;
        return new PresenceEvent(
                revision, action, Change.EXIT, cause, shown, null, ending.endedAt(), ending.lastSeenAt());
    }
}
