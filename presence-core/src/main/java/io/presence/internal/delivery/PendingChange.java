package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.ViewStates;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending change of one presence: from the state that was delivered last to the latest visible state. Successive
 * changes are conflated; an ENTER and a later EXIT cancel out.
 *
 * <p>The filter of the subscription may be unevaluated for the first or the last of these states. Then
 * {@link #evaluate} runs it, or a later change determines the result. Each unevaluated state is readable, so that the
 * cause of an EXIT discloses nothing.
 *
 * <p>If the presence has a new incarnation since the last delivery, there are two events: the EXIT of the delivered
 * incarnation and the ENTER of the new one.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
final class PendingChange {

    /* The bytes of the object and its map entry. */
    static final int WEIGHT = 144;

    private final String id;
    private final long firstRevision;
    private long lastRevision;
    private @Nullable PresenceState delivered;
    private @Nullable PresenceState latest;
    private boolean isDeliveredUnevaluated;
    private boolean isLatestUnevaluated;
    private byte actions;
    private long revision;
    /* The EXIT of the delivered incarnation, if it has exited since. */
    private @Nullable Cause exitCause;
    private @Nullable EndTimes endTimes;
    private byte exitActions;
    private long exitRevision;

    /* The neighbours in the order of first changes. */
    @Nullable PendingChange next;

    @Nullable PendingChange previous;

    /**
     * Creates a pending change.
     *
     * @param cause the cause of the EXIT; null if {@code after} is not {@code NO}
     */
    PendingChange(StateChange change, FilterResult before, FilterResult after, @Nullable Cause cause) {
        this.id = change.id();
        this.firstRevision = change.revision();
        this.delivered = before == FilterResult.NO ? null : change.before();
        this.isDeliveredUnevaluated = before == FilterResult.UNEVALUATED;
        this.latest = delivered;
        this.isLatestUnevaluated = isDeliveredUnevaluated;
        add(change, before, after, cause);
    }

    String id() {
        return id;
    }

    /** Returns the revision of the first conflated change. */
    long firstRevision() {
        return firstRevision;
    }

    /** Returns the revision of the last conflated change. */
    long lastRevision() {
        return lastRevision;
    }

    /** Returns whether a later change can start from the latest state. */
    boolean isContinuedBy(StateChange change, FilterResult before) {
        return isContinuedBy(before == FilterResult.NO ? null : change.before(), before == FilterResult.UNEVALUATED);
    }

    /** Returns whether a later pending change can start from the latest state. */
    boolean isContinuedBy(PendingChange later) {
        return isContinuedBy(later.delivered, later.isDeliveredUnevaluated);
    }

    /*
     * A view makes a new state for each change of a key, and leaves none out.
     *
     * If a later change starts from another state than the unevaluated latest one, that state was not visible.
     */
    private boolean isContinuedBy(@Nullable PresenceState from, boolean isUnevaluated) {
        return PresenceState.isSameWrite(latest, from)
                || ViewStates.isOne(from)
                || (isLatestUnevaluated && (isUnevaluated || from == null))
                || (isUnevaluated && latest == null);
    }

    /** Returns whether the filter is unevaluated for one of the states. */
    boolean isUnevaluated() {
        return isDeliveredUnevaluated || isLatestUnevaluated;
    }

    /** Returns whether the presence has exited, and it is unevaluated whether it had entered. */
    boolean isUnevaluatedEnd() {
        return isDeliveredUnevaluated && latest == null;
    }

    /** Returns an estimate of the bytes that only this retains, or 0 if the number of presences bounds it. */
    long weight(RetentionPolicy policy) {
        if (!policy.isOfOneAction() && !isUnevaluatedEnd()) {
            return 0;
        }
        long bytes = weight(delivered, policy) + (latest == delivered ? 0 : weight(latest, policy));
        return bytes == 0 ? 0 : WEIGHT + bytes;
    }

    private static long weight(@Nullable PresenceState state, RetentionPolicy policy) {
        return state == null || policy.isRetained(state) ? 0 : StateWeight.of(state);
    }

    /** Evaluates the filter. If the filter throws, this can be called again. */
    void evaluate(Predicate<? super PresenceState> filter) {
        if (isDeliveredUnevaluated) {
            delivered = filter.test(requireNonNull(delivered)) ? delivered : null;
            isDeliveredUnevaluated = false;
        }
        if (isLatestUnevaluated) {
            boolean isVisible = filter.test(requireNonNull(latest));
            isLatestUnevaluated = false;
            if (!isVisible) {
                exitUnmatched();
            }
        }
    }

    private void exitUnmatched() {
        recordExit(requireNonNull(latest), Cause.NO_LONGER_MATCHES, null, actions, revision);
    }

    /** Returns whether there is nothing to deliver. */
    boolean isNoOp() {
        return PresenceState.isSameShown(delivered, latest) && !isUnevaluated();
    }

    /** Conflates a later change that {@linkplain #isContinuedBy continues} this one. */
    void add(StateChange change, FilterResult before, FilterResult after, @Nullable Cause cause) {
        lastRevision = change.revision();
        continueFrom(before == FilterResult.NO ? null : change.before(), before == FilterResult.UNEVALUATED);
        if (after != FilterResult.NO) {
            setLatest(requireNonNull(change.after()), change.actions(), change.revision());
            isLatestUnevaluated = after == FilterResult.UNEVALUATED;
        } else if (latest != null) {
            recordExit(
                    requireNonNull(change.before()),
                    requireNonNull(cause),
                    change.endTimes(),
                    change.actions(),
                    change.revision());
        }
    }

    /** Conflates this change with a later pending change that {@linkplain #isContinuedBy continues} it. */
    void add(PendingChange later) {
        lastRevision = later.lastRevision;
        continueFrom(later.delivered, later.isDeliveredUnevaluated);
        if (later.exitCause != null && latest != null) {
            recordExit(
                    requireNonNull(later.delivered),
                    later.exitCause,
                    later.endTimes,
                    later.exitActions,
                    later.exitRevision);
        }
        PresenceState now = later.latest;
        if (now != null) {
            setLatest(now, later.actions, later.revision);
            isLatestUnevaluated = later.isLatestUnevaluated;
        }
    }

    /* The start of a later change determines whether the unevaluated latest state is visible, if it is evaluated. */
    private void continueFrom(@Nullable PresenceState from, boolean isFromUnevaluated) {
        if (isLatestUnevaluated && !PresenceState.isSameWrite(latest, from)) {
            exitUnmatched();
        }
        isLatestUnevaluated &= isFromUnevaluated;
    }

    private void setLatest(PresenceState state, int done, long atRevision) {
        boolean continues = latest != null || isOfDeliveredIncarnation(state);
        actions = (byte) (continues ? actions | done : done);
        latest = state;
        revision = atRevision;
    }

    private void recordExit(PresenceState state, Cause cause, @Nullable EndTimes times, int done, long atRevision) {
        if (isOfDeliveredIncarnation(state) || isSuccessorWithoutExit()) {
            exitCause = cause;
            endTimes = times;
            exitActions = (byte) done;
            exitRevision = atRevision;
        }
        latest = null;
        isLatestUnevaluated = false;
    }

    /* A presence that another node has taken over continues as another incarnation. */
    private boolean isSuccessorWithoutExit() {
        return delivered != null && exitCause == null;
    }

    private boolean isOfDeliveredIncarnation(PresenceState state) {
        PresenceState known = delivered;
        return known != null && known.incarnation() == state.incarnation();
    }

    /**
     * Returns the next event, which {@link #markDelivered} counts as delivered. There is another one after
     * that if {@link #isNoOp} is false.
     *
     * @param named the one action of the channel, or null
     */
    PresenceEvent nextEvent(@Nullable Action named) {
        PresenceState now = latest;
        PresenceState known = delivered;
        if (now == null || isAfterExit(now)) {
            return ExitEvents.event(
                    exitRevision,
                    ActionSet.reportedAction(named, exitActions),
                    exitCause,
                    requireNonNull(known),
                    endTimes);
        }
        Change change = known == null ? Change.ENTER : Change.UPDATE;
        return new PresenceEvent(revision, ActionSet.reportedAction(named, actions), change, null, now, known);
    }

    /** Counts the {@linkplain #nextEvent next event} as delivered. */
    void markDelivered() {
        PresenceState now = latest;
        delivered = now == null || isAfterExit(now) ? null : now;
    }

    private boolean isAfterExit(PresenceState now) {
        return delivered != null && exitCause != null && !isOfDeliveredIncarnation(now);
    }
}
