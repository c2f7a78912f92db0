package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import java.util.List;

/**
 * The contents of one call to a listener: events, or one of the signals.
 *
 * <p><b>Threads.</b> For the draining thread.
 */
final class ListenerCall {

    /** The method that is called. */
    public enum Kind {
        /** {@code onEvent} or {@code onEvents}. */
        EVENTS,
        /** {@code reset}. */
        RESET,
        /** {@code synced}. */
        SYNCED,
        /** None: what was open has been decided, and is not to be delivered. */
        DECIDED,
        /** None: what is open is pending until the draining thread may spend more. */
        LEFT
    }

    private final Kind kind;
    private final List<PresenceEvent> events;
    private final long syncedAt;
    private final int join;
    /* Known only once the events are taken; then nothing may fail, so that this exists before. */
    private long told = -1;
    private long exact = -1;

    private ListenerCall(Kind kind, List<PresenceEvent> events, long syncedAt, int join) {
        this.kind = kind;
        this.events = events;
        this.syncedAt = syncedAt;
        this.join = join;
    }

    static ListenerCall events(List<PresenceEvent> events) {
        return new ListenerCall(Kind.EVENTS, events, 0, 0);
    }

    static ListenerCall evaluated() {
        return new ListenerCall(Kind.DECIDED, List.of(), 0, 0);
    }

    static ListenerCall interrupted() {
        return new ListenerCall(Kind.LEFT, List.of(), 0, 0);
    }

    /** Tells whether there is a listener to call. */
    public boolean isToListener() {
        return kind != Kind.DECIDED && kind != Kind.LEFT;
    }

    static ListenerCall reset() {
        return new ListenerCall(Kind.RESET, List.of(), 0, 0);
    }

    static ListenerCall synced(long revision, int join) {
        return new ListenerCall(Kind.SYNCED, List.of(), revision, join);
    }

    void reaches(long toldRevision, long exactRevision) {
        told = toldRevision;
        exact = exactRevision;
    }

    /** The method that is called. */
    public Kind kind() {
        return kind;
    }

    /** The events; empty for a signal. */
    public List<PresenceEvent> events() {
        return events;
    }

    /** The revision that {@code synced} reports. */
    public long syncedAt() {
        return syncedAt;
    }

    /** The number of the join that {@code synced} completes. */
    public int syncEpoch() {
        return join;
    }

    /** The revision up to which everything is delivered with this call. */
    public long deliveredRevision() {
        return told;
    }

    /** The revision that the listener is at with every presence, or -1 if it is ahead with at least one. */
    public long exact() {
        return exact;
    }
}
