package io.presence.internal.delivery;

import io.presence.PresenceEvent;
import java.util.List;

/**
 * The content of one call of a listener: events, or a signal.
 *
 * <p><b>Threads.</b> Draining thread only.
 */
final class ListenerCall {

    /** The method that is called. */
    public enum Kind {
        /** {@code onEvent} or {@code onEvents}. */
        EVENTS,
        /** {@code onReset}. */
        RESET,
        /** {@code onSynced}. */
        SYNCED,
        /** None: the unevaluated changes were evaluated, and none is visible. */
        EVALUATED,
        /** None: the budget is spent before the first change is evaluated. */
        INTERRUPTED
    }

    private final Kind kind;
    private final List<PresenceEvent> events;
    private final long syncedAt;
    private final int syncEpoch;
    /* Set after the events are taken, when nothing may fail. So this object is created before. */
    private long deliveredRevision = -1;
    private long exactRevision = -1;
    private int conflated;

    private ListenerCall(Kind kind, List<PresenceEvent> events, long syncedAt, int syncEpoch) {
        this.kind = kind;
        this.events = events;
        this.syncedAt = syncedAt;
        this.syncEpoch = syncEpoch;
    }

    static ListenerCall events(List<PresenceEvent> events) {
        return new ListenerCall(Kind.EVENTS, events, 0, 0);
    }

    static ListenerCall evaluated() {
        return new ListenerCall(Kind.EVALUATED, List.of(), 0, 0);
    }

    static ListenerCall interrupted() {
        return new ListenerCall(Kind.INTERRUPTED, List.of(), 0, 0);
    }

    /** Returns whether the listener is called. */
    public boolean isToListener() {
        return kind != Kind.EVALUATED && kind != Kind.INTERRUPTED;
    }

    static ListenerCall reset() {
        return new ListenerCall(Kind.RESET, List.of(), 0, 0);
    }

    static ListenerCall synced(long revision, int syncEpoch) {
        return new ListenerCall(Kind.SYNCED, List.of(), revision, syncEpoch);
    }

    void setProgress(long delivered, long exact) {
        deliveredRevision = delivered;
        exactRevision = exact;
    }

    void setConflated(int changes) {
        conflated = changes;
    }

    /** Returns the changes since the previous call with events that were conflated with others or cancelled out. */
    int conflated() {
        return conflated;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the events, or an empty list for a signal. */
    public List<PresenceEvent> events() {
        return events;
    }

    /** Returns the revision that {@code onSynced} reports. */
    public long syncedAt() {
        return syncedAt;
    }

    /** Returns the epoch that {@code onSynced} completes. */
    public int syncEpoch() {
        return syncEpoch;
    }

    /** Returns the revision up to which each change is delivered with this call. */
    public long deliveredRevision() {
        return deliveredRevision;
    }

    /** Returns the revision that the listener is at with every presence, or -1 if it is ahead with at least one. */
    public long exactRevision() {
        return exactRevision;
    }
}
