package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.Access;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.PresenceState;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A dispatched change of one presence: its previous and its new state.
 *
 * <p>It creates the events of subscriptions and caches the last one, since most subscriptions receive equal events.
 *
 * <p><b>Threads.</b> Dispatcher only; the events are immutable.
 */
public final class StateChange {

    private static final Cause[] CAUSES = Cause.values();
    private static final byte NO_END = -1;

    private final long revision;
    private final long previousRevision;
    private final @Nullable PresenceState before;
    private final @Nullable PresenceState after;
    private final @Nullable EndTimes endTimes;
    /* The number of the cause of the end, or NO_END. A byte, as is the mask: each change and the history take less. */
    private final byte end;
    private final byte actions;
    private int weight;
    private @Nullable PresenceEvent lastEvent;
    /* Here, since a reference in an object that is about to die costs no write barrier of the collector. */
    private @Nullable CallGate lastCalled;
    private boolean hasCallsInRow;

    /**
     * Creates a change.
     *
     * @param previousRevision the revision at which {@code before} was dispatched; ignored if {@code before} is null
     * @param before the previous state, or null
     * @param after the new state, or null
     * @param end the cause of the end; null if {@code after} is not null
     * @param actions a mask of {@link ActionSet}
     */
    public StateChange(
            long revision,
            long previousRevision,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions) {
        this(revision, previousRevision, before, after, end, actions, null);
    }

    /**
     * Creates a change.
     *
     * @param previousRevision the revision at which {@code before} was dispatched; ignored if {@code before} is null
     * @param before the previous state, or null
     * @param after the new state, or null
     * @param end the cause of the end; null if {@code after} is not null
     * @param actions a mask of {@link ActionSet}
     * @param endTimes the times of the end, or null
     */
    public StateChange(
            long revision,
            long previousRevision,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions,
            @Nullable EndTimes endTimes) {
        this.endTimes = endTimes;
        this.revision = revision;
        this.previousRevision = previousRevision;
        this.before = before;
        this.after = after;
        this.end = end == null ? NO_END : number(end);
        this.actions = (byte) actions;
    }

    public long revision() {
        return revision;
    }

    /** Returns the revision at which the previous state was dispatched. */
    public long previousRevision() {
        return previousRevision;
    }

    /** Returns the previous state. */
    public @Nullable PresenceState before() {
        return before;
    }

    /** Returns the new state. */
    public @Nullable PresenceState after() {
        return after;
    }

    /** Returns the presence id. */
    public String id() {
        return requireNonNull(after == null ? before : after).id();
    }

    /** Returns an estimate of the bytes that this retains while pending. Computed once, linear in the metadata. */
    public int weight() {
        if (weight == 0) {
            weight = PendingChange.WEIGHT + StateWeight.of(before) + (after == before ? 0 : StateWeight.of(after));
        }
        return weight;
    }

    int actions() {
        return actions;
    }

    /** Returns whether this is on a channel of one action, or of each action if null. */
    public boolean isOn(@Nullable Action action) {
        return action == null || (actions & ActionSet.mask(action)) != 0;
    }

    /** Begins inline calls in a row: each exits its gate by {@link CallGate#leave}, until {@link #endCalls}. */
    public void beginCalls() {
        hasCallsInRow = true;
    }

    /** Ends the calls in a row. Does nothing if there are none. */
    public void endCalls() {
        CallGate last = lastCalled;
        lastCalled = null;
        hasCallsInRow = false;
        if (last != null) {
            VarHandle.fullFence();
            last.endIfClosed();
        }
    }

    boolean hasCallsInRow() {
        return hasCallsInRow;
    }

    /**
     * Records the gate of an inline call that has entered it.
     *
     * @return the gate of the call before in the row, or null
     */
    @Nullable CallGate called(CallGate entered) {
        CallGate previous = lastCalled;
        if (hasCallsInRow) {
            lastCalled = entered;
        }
        return previous;
    }

    /** Clears the cached event, before this is retained in the history. */
    public void clearLastEvent() {
        lastEvent = null;
    }

    /**
     * Returns the change for a subscription to which the previous state, the new state, or both were visible.
     *
     * @throws IllegalArgumentException if neither was
     */
    public static Change visibility(boolean wasVisible, boolean isVisible) {
        if (!wasVisible && !isVisible) {
            throw new IllegalArgumentException("change is visible neither before nor after");
        }
        return wasVisible ? isVisible ? Change.UPDATE : Change.EXIT : Change.ENTER;
    }

    /**
     * Returns the event of this change for a subscription.
     *
     * @param named the one action of its channel, or null
     * @param reader the access of its principal
     * @param change the change of visibility
     */
    public PresenceEvent eventFor(@Nullable Action named, Access reader, Change change) {
        Action action = ActionSet.reportedAction(named, actions);
        PresenceEvent event = switch (change) {
            case ENTER -> event(action, Change.ENTER, null, after, null);
            case UPDATE -> event(action, Change.UPDATE, null, after, before);
            case EXIT -> exit(action, causeFor(reader));
        };
        if (event != lastEvent) {
            lastEvent = event;
        }
        return event;
    }

    /** Returns the cause of the EXIT event of a reader to whom the previous state was visible. */
    public Cause causeFor(Access reader) {
        if (after == null) {
            return requireNonNull(end());
        }
        return reader.canRead(after) ? Cause.NO_LONGER_MATCHES : Cause.NO_LONGER_READABLE;
    }

    @SuppressWarnings("EnumOrdinal") // it does not leave the process
    private static byte number(Cause cause) {
        return (byte) cause.ordinal();
    }

    private @Nullable Cause end() {
        return end == NO_END ? null : CAUSES[end];
    }

    private PresenceEvent exit(Action action, Cause cause) {
        PresenceEvent event = lastEvent;
        boolean isCached = event != null && event.action() == action && event.cause() == cause;
        return event != null && isCached
                ? event
                : ExitEvents.event(revision, action, cause, requireNonNull(before), endTimes);
    }

    /** Returns the times of the end, or null. */
    @Nullable EndTimes endTimes() {
        return endTimes;
    }

    /** Returns this change with another new state. */
    public StateChange withAfter(PresenceState state) {
        return state == after
                ? this
                : new StateChange(revision, previousRevision, before, state, end(), actions, endTimes);
    }

    private PresenceEvent event(
            Action action,
            Change change,
            @Nullable Cause cause,
            @Nullable PresenceState shown,
            @Nullable PresenceState previous) {
        PresenceEvent event = lastEvent;
        if (event != null && event.action() == action && event.change() == change && event.cause() == cause) {
            return event;
        }
        return new PresenceEvent(revision, action, change, cause, requireNonNull(shown), previous);
    }
}
