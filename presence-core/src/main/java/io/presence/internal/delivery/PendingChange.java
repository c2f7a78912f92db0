package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.PresenceState;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription has yet to be told of one presence: from the state that it was told last, to the one that it is
 * to be told. Steps that follow each other become one; a stay that began and ended untold becomes nothing.
 *
 * <p>Whether the first or the last of these states is seen may be open: the query of the subscription has yet to be
 * evaluated. Then a later change that is decided may decide it, or {@link #decide} does. All that is open may be read,
 * so that the cause of an exit discloses nothing, whichever of the states since was seen.
 *
 * <p>If another life has begun since the one that was told, there is an EXIT to tell of that and an ENTER of this.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class PendingChange {

    /* Of the object, and its place in a map. */
    static final int WEIGHT = 144;

    private final String id;
    private final long first;
    private long last;
    private @Nullable PresenceState told;
    private @Nullable PresenceState latest;
    private boolean isToldOpen;
    private boolean isLatestOpen;
    private byte actions;
    private long revision;
    /* The end of the stay that was told, if it has ended since. */
    private @Nullable Cause cause;
    private @Nullable EndTimes ending;
    private byte leavingActions;
    private long left;

    /* The neighbours in the order of first steps. */
    @Nullable PendingChange next;

    @Nullable PendingChange previous;

    /**
     * Starts with a step.
     *
     * @param cause why the state after is not seen; null if it is, or that is open
     */
    PendingChange(StateChange step, FilterResult before, FilterResult after, @Nullable Cause cause) {
        this.id = step.id();
        this.first = step.revision();
        this.told = before == FilterResult.NO ? null : step.before();
        this.isToldOpen = before == FilterResult.OPEN;
        this.latest = told;
        this.isLatestOpen = isToldOpen;
        add(step, before, after, cause);
    }

    String id() {
        return id;
    }

    /** The revision of the first step that is part of it. */
    long first() {
        return first;
    }

    /** The revision of the last step that is part of it. */
    long last() {
        return last;
    }

    /** Tells whether a step starts from what the listener is to be told, or may do so. */
    boolean leadsTo(StateChange step, FilterResult before) {
        return leadsTo(before == FilterResult.NO ? null : step.before(), before == FilterResult.OPEN);
    }

    /** Tells whether what is later pending starts from what the listener is to be told, or may do so. */
    boolean leadsTo(PendingChange later) {
        return leadsTo(later.told, later.isToldOpen);
    }

    /*
     * An open state that is not the one from which it goes on was followed by others that were not seen, as it was not.
     */
    private boolean leadsTo(@Nullable PresenceState from, boolean isOpen) {
        return PresenceState.isSameWrite(latest, from)
                || (isLatestOpen && (isOpen || from == null))
                || (isOpen && latest == null);
    }

    /** Tells whether it has yet to be found out what is seen. */
    boolean isOpen() {
        return isToldOpen || isLatestOpen;
    }

    /** Tells whether it has ended, and only that it is open keeps it. */
    boolean isOpenEnd() {
        return isToldOpen && latest == null;
    }

    /** An estimate of the bytes that this keeps which nothing else does; 0 if the presences alive bound its number. */
    long weight(RetentionPolicy keeping) {
        if (!keeping.isOfOneAction() && !isOpenEnd()) {
            return 0;
        }
        long bytes = weight(told, keeping) + (latest == told ? 0 : weight(latest, keeping));
        return bytes == 0 ? 0 : WEIGHT + bytes;
    }

    private static long weight(@Nullable PresenceState state, RetentionPolicy keeping) {
        return state == null || keeping.isHeld(state) ? 0 : StateWeight.of(state);
    }

    /** Finds out what is seen. What a filter that fails leaves open can be found out again. */
    void decide(Predicate<? super PresenceState> filter) {
        if (isToldOpen) {
            told = filter.test(requireNonNull(told)) ? told : null;
            isToldOpen = false;
        }
        if (isLatestOpen) {
            boolean isSeen = filter.test(requireNonNull(latest));
            isLatestOpen = false;
            if (!isSeen) {
                exitUnmatched();
            }
        }
    }

    private void exitUnmatched() {
        exit(requireNonNull(latest), Cause.NO_LONGER_MATCHES, null, actions, revision);
    }

    /** Tells whether there is nothing to tell, any longer or after all. */
    boolean isSettled() {
        return told == latest && !isOpen();
    }

    /** Adds a later step of the presence, to which this leads. */
    void add(StateChange step, FilterResult before, FilterResult after, @Nullable Cause why) {
        last = step.revision();
        arrive(before == FilterResult.NO ? null : step.before(), before == FilterResult.OPEN);
        if (after != FilterResult.NO) {
            extend(requireNonNull(step.after()), step.actions(), step.revision());
            isLatestOpen = after == FilterResult.OPEN;
        } else if (latest != null) {
            exit(requireNonNull(step.before()), requireNonNull(why), step.ending(), step.actions(), step.revision());
        }
    }

    /** Adds what is later pending of the same presence, to which this leads. */
    void add(PendingChange later) {
        last = later.last;
        arrive(later.told, later.isToldOpen);
        if (later.cause != null && latest != null) {
            exit(requireNonNull(later.told), later.cause, later.ending, later.leavingActions, later.left);
        }
        PresenceState now = later.latest;
        if (now != null) {
            extend(now, later.actions, later.revision);
            isLatestOpen = later.isLatestOpen;
        }
    }

    /* What is open is decided by where a later change starts, if that is decided, or a state that came later. */
    private void arrive(@Nullable PresenceState from, boolean isFromOpen) {
        if (isLatestOpen && !PresenceState.isSameWrite(latest, from)) {
            exitUnmatched();
        }
        isLatestOpen &= isFromOpen;
    }

    private void extend(PresenceState now, int done, long atRevision) {
        boolean continues = latest != null || isOfDeliveredIncarnation(now);
        actions = (byte) (continues ? actions | done : done);
        latest = now;
        revision = atRevision;
    }

    private void exit(PresenceState last, Cause why, @Nullable EndTimes times, int done, long atRevision) {
        if (isOfDeliveredIncarnation(last)) {
            cause = why;
            ending = times;
            leavingActions = (byte) done;
            left = atRevision;
        }
        latest = null;
        isLatestOpen = false;
    }

    private boolean isOfDeliveredIncarnation(PresenceState state) {
        PresenceState known = told;
        return known != null && known.incarnation() == state.incarnation();
    }

    /**
     * Returns the next event to deliver, which {@link #eventTaken} then counts as delivered. There is another unless
     * this {@linkplain #isSettled is settled} then.
     *
     * @param named the one action of the channel, or null
     */
    PresenceEvent nextEvent(@Nullable Action named) {
        PresenceState now = latest;
        PresenceState known = told;
        if (now == null || isOfAnotherLife(now)) {
            return ExitEvents.event(
                    left, ActionSet.reportedAction(named, leavingActions), cause, requireNonNull(known), ending);
        }
        Change change = known == null ? Change.ENTER : Change.UPDATE;
        return new PresenceEvent(revision, ActionSet.reportedAction(named, actions), change, null, now, known);
    }

    /** Counts the {@linkplain #nextEvent next event} as delivered. */
    void eventTaken() {
        PresenceState now = latest;
        told = now == null || isOfAnotherLife(now) ? null : now;
    }

    private boolean isOfAnotherLife(PresenceState now) {
        return told != null && !isOfDeliveredIncarnation(now);
    }
}
