package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.PresenceState;
import org.jspecify.annotations.Nullable;

/** A factory of EXIT events. */
final class ExitEvents {

    private ExitEvents() {}

    /**
     * Returns an EXIT event.
     *
     * @param delivered the state that was delivered last
     * @param endTimes the times of the end, or null if they are unknown or the presence has not ended
     */
    static PresenceEvent event(
            long revision, Action action, @Nullable Cause cause, PresenceState delivered, @Nullable EndTimes endTimes) {
        if (cause == null || !cause.isEnd() || endTimes == null) {
            return new PresenceEvent(revision, action, Change.EXIT, cause, delivered, null);
        }
        PresenceState shown = cause == Cause.EXPIRED ? endTimes.expired(delivered) : delivered;
        return new PresenceEvent(
                revision, action, Change.EXIT, cause, shown, null, endTimes.endedAt(), endTimes.lastSeenAt());
    }
}
