package io.presence.internal.mailbox;

import io.presence.PresenceEvent;
import java.util.List;

/**
 * What one call to a listener tells: events, or one of the signals.
 *
 * @param kind which method it is
 * @param events what to tell, if it is events
 * @param syncedAt the revision to tell, if it is in sync
 * @param join which join of the subscription is complete then
 * @param told the revision up to which all has been told with this
 * @param exact the revision that the listener is at with every presence, or -1 if it is ahead with some
 */
public record Call(Kind kind, List<PresenceEvent> events, long syncedAt, int join, long told, long exact) {

    public enum Kind {
        EVENTS,
        RESET,
        SYNCED,
        /** Nothing: what was open has been decided, and is not to be told. */
        DECIDED,
        /** Nothing yet: what is open has to wait until more may be spent. */
        LEFT
    }

    static Call events(List<PresenceEvent> events, long told, long exact) {
        return new Call(Kind.EVENTS, events, 0, 0, told, exact);
    }

    static Call decided(long told, long exact) {
        return new Call(Kind.DECIDED, List.of(), 0, 0, told, exact);
    }

    static Call left(long told, long exact) {
        return new Call(Kind.LEFT, List.of(), 0, 0, told, exact);
    }

    /** Tells whether there is a listener to call. */
    public boolean isToListener() {
        return kind != Kind.DECIDED && kind != Kind.LEFT;
    }

    static Call reset() {
        return new Call(Kind.RESET, List.of(), 0, 0, -1, -1);
    }

    static Call synced(long revision, int join, long told, long exact) {
        return new Call(Kind.SYNCED, List.of(), revision, join, told, exact);
    }
}
