package io.presence.testing;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import java.time.Instant;

/**
 * A factory of presences and events for tests that call a listener, or a function of presences, without a store.
 *
 * <pre>{@code
 * Presence ada = Samples.presence(PresenceUpsert.of("tab-1", "ada", "online"));
 * Presence busy = Samples.presence(PresenceUpsert.of("tab-1", "ada", "busy"));
 *
 * PresenceListener listener = event -> System.out.println(event.change() + " " + event.presence().status());
 * listener.onEvent(Samples.enter(ada)); // prints: ENTER online
 * listener.onEvent(Samples.update(ada, busy)); // prints: UPDATE busy
 * listener.onEvent(Samples.exit(busy, Cause.EXPIRED)); // prints: EXIT busy
 * }</pre>
 *
 * <p>The events have the revision 1 (ENTER), 2 (UPDATE) or 3 (EXIT). The constructor of {@link PresenceEvent} accepts
 * any other revision.
 *
 * <p><b>Cost.</b> Each presence is written to a new store, in less than a millisecond.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Samples {

    private Samples() {}

    /**
     * Returns a presence as a store makes it, written at {@link ManualClock#START}.
     *
     * @param upsert an upsert of trusted code, which names the owner
     * @return the presence
     * @throws IllegalArgumentException if no owner is named, or the TTL exceeds 30 days
     */
    public static Presence presence(PresenceUpsert upsert) {
        return presence(upsert, ManualClock.START);
    }

    /**
     * Returns a presence as a store makes it, written at a given time.
     *
     * @param upsert an upsert of trusted code, which names the owner
     * @param written the time of creation and of the last write, in whole milliseconds
     * @return the presence
     * @throws IllegalArgumentException if no owner is named, or the TTL exceeds 30 days
     */
    public static Presence presence(PresenceUpsert upsert, Instant written) {
        requireNonNull(upsert, "upsert must not be null");
        ManualClock clock = new ManualClock(written);
        try (PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .build()) {
            return store.upsert(upsert).presence();
        }
    }

    /**
     * Returns the event of a presence that becomes visible because it was written.
     *
     * @param presence the presence
     * @return an ENTER event
     */
    public static PresenceEvent enter(Presence presence) {
        return new PresenceEvent(1, Action.UPSERT, Change.ENTER, null, presence, null);
    }

    /**
     * Returns the event of a visible presence that changes.
     *
     * @param previous the presence before the change
     * @param presence the presence now
     * @return an UPDATE event
     */
    public static PresenceEvent update(Presence previous, Presence presence) {
        return new PresenceEvent(2, Action.UPDATE, Change.UPDATE, null, presence, previous);
    }

    /**
     * Returns the event of a presence that is no longer visible.
     *
     * @param presence the presence as last delivered
     * @param cause the reason of the exit
     * @return an EXIT event
     */
    public static PresenceEvent exit(Presence presence, Cause cause) {
        Action action = cause.isEnd() ? Action.DELETE : Action.UPDATE;
        return new PresenceEvent(3, action, Change.EXIT, cause, presence, null);
    }
}
