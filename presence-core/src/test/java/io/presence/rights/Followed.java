package io.presence.rights;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The naive definition of what one person receives for the changes of one presence, as trusted code received them. */
final class Followed {

    private final Predicate<Presence> isReadable;
    private @Nullable Presence delivered;
    private boolean wasVisible;

    /**
     * Creates the definition for a person.
     *
     * @param isReadable whether the person can read a state of the presence
     */
    Followed(Predicate<Presence> isReadable) {
        this.isReadable = isReadable;
    }

    /** Begins with a state that the person has if it can read it. */
    void begin(Presence state) {
        delivered = isVisible(state) ? state : null;
    }

    /** Returns the one event, or none, that a listener receives which is called after all of these changes. */
    List<PresenceEvent> next(List<PresenceEvent> changes) {
        PresenceEvent last = null;
        for (PresenceEvent change : changes) {
            if (isVisible(before(change)) || isVisible(after(change))) {
                last = change;
            }
        }
        wasVisible = last != null;
        Presence former = delivered;
        if (last == null) {
            return List.of();
        }
        delivered = isVisible(after(last)) ? after(last) : null;
        if (delivered != null) {
            Change change = former == null ? Change.ENTER : Change.UPDATE;
            return List.of(new PresenceEvent(last.revision(), last.action(), change, null, delivered, former));
        }
        return former == null ? List.of() : List.of(exit(last, former));
    }

    /* If the person could not read the last state, it must not learn how and when the presence ended. */
    private PresenceEvent exit(PresenceEvent last, Presence former) {
        if (after(last) != null) {
            return new PresenceEvent(
                    last.revision(), last.action(), Change.EXIT, Cause.NO_LONGER_READABLE, former, null);
        }
        return new PresenceEvent(
                last.revision(),
                last.action(),
                Change.EXIT,
                last.cause(),
                former,
                null,
                last.endedAt(),
                last.lastSeenAt());
    }

    /** Returns whether one of the last changes was visible, perhaps without any effect in the end. */
    boolean wasVisible() {
        return wasVisible;
    }

    private boolean isVisible(@Nullable Presence state) {
        return state != null && isReadable.test(state);
    }

    private static @Nullable Presence before(PresenceEvent change) {
        return change.change() == Change.EXIT ? change.presence() : change.previous();
    }

    private static @Nullable Presence after(PresenceEvent change) {
        return change.change() == Change.EXIT ? null : change.presence();
    }
}
