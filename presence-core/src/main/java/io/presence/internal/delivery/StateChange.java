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
import org.jspecify.annotations.Nullable;

/**
 * One dispatched step of one presence, from what subscriptions were told of to what they are to be told.
 *
 * <p>It makes the events for them and keeps the last one made, since most subscriptions get the same.
 *
 * <p><b>Threads.</b> Dispatcher only; the events are immutable.
 */
public final class StateChange {

    private final long revision;
    private final long toldAt;
    private final @Nullable PresenceState before;
    private final @Nullable PresenceState after;
    private final @Nullable Cause end;
    private final int actions;
    private final @Nullable EndTimes ending;
    private int weight;
    private @Nullable PresenceEvent last;

    /**
     * Describes a step.
     *
     * @param revision of this step
     * @param toldAt the revision at which {@code before} was told; no matter if there is none
     * @param before the state told last, or null
     * @param after the state to tell, or null
     * @param end why there is no {@code after}; null if there is one
     * @param actions what was done, as a mask of {@link ActionSet}
     */
    public StateChange(
            long revision,
            long toldAt,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions) {
        this(revision, toldAt, before, after, end, actions, null);
    }

    /**
     * Describes a step.
     *
     * @param revision of this step
     * @param toldAt the revision at which {@code before} was told; no matter if there is none
     * @param before the state told last, or null
     * @param after the state to tell, or null
     * @param end why there is no {@code after}; null if there is one
     * @param actions what was done, as a mask of {@link ActionSet}
     * @param ending the times of the end, if there is one
     */
    public StateChange(
            long revision,
            long toldAt,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions,
            @Nullable EndTimes ending) {
        this.ending = ending;
        this.revision = revision;
        this.toldAt = toldAt;
        this.before = before;
        this.after = after;
        this.end = end;
        this.actions = actions;
    }

    /** The revision of this step. */
    public long revision() {
        return revision;
    }

    /** The revision at which the state before was told. */
    public long previousRevision() {
        return toldAt;
    }

    /** The state told last. */
    public @Nullable PresenceState before() {
        return before;
    }

    /** The state to tell. */
    public @Nullable PresenceState after() {
        return after;
    }

    /** The presence that it is a step of. */
    public String id() {
        return requireNonNull(after == null ? before : after).id();
    }

    /** An estimate of the bytes that a mailbox in which this is left keeps. Worked out once, linear in the metadata. */
    public int weight() {
        if (weight == 0) {
            weight = PendingChange.WEIGHT + StateWeight.of(before) + (after == before ? 0 : StateWeight.of(after));
        }
        return weight;
    }

    int actions() {
        return actions;
    }

    /** Tells whether a channel of one action, or of every action if null, carries this step. */
    public boolean isOn(@Nullable Action action) {
        return action == null || (actions & ActionSet.mask(action)) != 0;
    }

    /** Forgets the event made last: what is kept for long is the step alone. */
    public void trim() {
        last = null;
    }

    /**
     * Returns the change for a subscription to which the previous state, the new state, or both were visible.
     *
     * @throws IllegalArgumentException if neither was
     */
    public static Change visibility(boolean wasVisible, boolean isVisible) {
        if (!wasVisible && !isVisible) {
            throw new IllegalArgumentException("a change must be visible before or after");
        }
        return wasVisible ? isVisible ? Change.UPDATE : Change.EXIT : Change.ENTER;
    }

    /**
     * Returns the event for a subscription that sees the presence before or after this step, or both.
     *
     * @param named the one action of its channel, or null
     * @param reader who it is
     * @param change the effect on what it sees
     */
    public PresenceEvent eventFor(@Nullable Action named, Access reader, Change change) {
        Action action = ActionSet.reportedAction(named, actions);
        PresenceEvent made = switch (change) {
            case ENTER -> event(action, Change.ENTER, null, after, null);
            case UPDATE -> event(action, Change.UPDATE, null, after, before);
            case EXIT -> exit(action, causeFor(reader));
        };
        last = made;
        return made;
    }

    /** Why somebody who saw the state before does not see the one after. */
    public Cause causeFor(Access reader) {
        if (after == null) {
            return requireNonNull(end);
        }
        return reader.canRead(after) ? Cause.NO_LONGER_MATCHES : Cause.NO_LONGER_READABLE;
    }

    private PresenceEvent exit(Action action, Cause cause) {
        PresenceEvent made = last;
        boolean isMade = made != null && made.action() == action && made.cause() == cause;
        return made != null && isMade
                ? made
                : ExitEvents.event(revision, action, cause, requireNonNull(before), ending);
    }

    /** The times of the end, if there is one. */
    @Nullable EndTimes ending() {
        return ending;
    }

    /** This step, to a state as it is shown by now. */
    public StateChange showing(PresenceState shown) {
        return shown == after ? this : new StateChange(revision, toldAt, before, shown, end, actions, ending);
    }

    private PresenceEvent event(
            Action action,
            Change change,
            @Nullable Cause cause,
            @Nullable PresenceState shown,
            @Nullable PresenceState previous) {
        PresenceEvent made = last;
        if (made != null && made.action() == action && made.change() == change && made.cause() == cause) {
            return made;
        }
        return new PresenceEvent(revision, action, change, cause, requireNonNull(shown), previous);
    }
}
