package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.CapturedChange;
import io.presence.internal.store.EndTimes;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import org.jspecify.annotations.Nullable;

/**
 * The dispatch of one captured entry: it forms state changes, assigns a revision to each, and delivers them to the
 * subscriptions to which they are visible.
 *
 * <p>Each change starts from the state of the entry that was dispatched last. So the changes of a presence form one
 * chain, in whatever order writers raced. An incarnation that began and ended between two captures is not dispatched.
 *
 * <p><b>Failures.</b> An entry whose dispatch throws must be dispatched again. A change that was begun is kept and
 * completed before any other: it is delivered to the remaining subscriptions and recorded in its entry.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Dispatcher {

    private static final int CAPTURES = 64;
    private static final String MATCHING_FAILED =
            FailureLog.text("matching a change failed, subscriptions are matched one by one");

    private final PresenceTable table;
    private final Subscriptions subscriptions;
    private final StatusCounts statuses;
    /* Replaced now and then: a reference in a young object costs less of the collector's write barrier. */
    private CapturedChange captured = new CapturedChange();
    private int capturesLeft = CAPTURES;
    /* The change that is being delivered, its entry, and whether the statuses have counted it. */
    private @Nullable StateChange unfinishedChange;
    private @Nullable Entry unfinishedEntry;
    private boolean isCounted;

    Dispatcher(PresenceTable table, Subscriptions subscriptions, StatusCounts statuses) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.statuses = statuses;
    }

    /**
     * Captures an entry and delivers its changes since the last capture.
     *
     * @param now the reading of the clock in this duty cycle
     * @return whether the entry has not ended
     */
    boolean dispatch(Entry entry, long now) {
        finish();
        Entry predecessor = entry.predecessor();
        /* The capture clears the predecessor, in which a snapshot finds what is dispatched until then. */
        if (predecessor != null && !predecessor.isReleased()) {
            captureAndDeliver(predecessor, now);
        }
        return captureAndDeliver(entry, now);
    }

    private boolean captureAndDeliver(Entry entry, long now) {
        CapturedChange capture = nextCapture();
        table.capture(entry, now, capture);
        /* A subscription created before the captured write must be indexed before that write is matched. */
        subscriptions.runCommands();
        return deliver(entry, capture, now);
    }

    private CapturedChange nextCapture() {
        if (capturesLeft == 0) {
            captured = new CapturedChange();
            capturesLeft = CAPTURES;
        }
        capturesLeft--;
        return captured;
    }

    private boolean deliver(Entry entry, CapturedChange capture, long now) {
        PresenceState from = capture.from();
        PresenceState last = capture.last();
        Cause end = capture.end();
        /*
         * An incarnation that ended before its first dispatch is not delivered. Activity between a rung and its capture
         * leaves the state that was dispatched last.
         */
        if (!PresenceState.isSameShown(from, last) && (end == null || from != null)) {
            deliver(entry, from, last, null, actions(capture), null);
        }
        if (end == null) {
            table.captured(entry, capture, now);
            return true;
        }
        if (from != null) {
            EndTimes ending = last == null ? null : table.endTimes(entry, last);
            deliver(entry, last, null, end, ActionSet.mask(Action.DELETE), ending);
        } else if (capture.actions() != 0) {
            subscriptions.counters().coalesced();
        }
        table.captured(entry, capture, now);
        table.release(entry);
        return false;
    }

    /* A failed attempt has cleared the actions. Then the likely one is reported. */
    private static int actions(CapturedChange capture) {
        if (capture.actions() != 0) {
            return capture.actions();
        }
        return ActionSet.mask(capture.from() == null ? Action.UPSERT : Action.UPDATE);
    }

    private void deliver(
            Entry entry,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions,
            @Nullable EndTimes ending) {
        StateChange change = new StateChange(
                subscriptions.revision() + 1, entry.dispatchedRevision(), before, after, end, actions, ending);
        isCounted = false;
        unfinishedEntry = entry;
        unfinishedChange = change;
        try {
            subscriptions.deliver(change);
        } catch (Throwable thrown) {
            subscriptions.dispatchFailed(MATCHING_FAILED, thrown);
            subscriptions.deliverRest(change);
        }
        record(change, entry);
    }

    /** Returns whether each change that was begun is delivered and recorded. */
    boolean isBetweenChanges() {
        return unfinishedChange == null;
    }

    /**
     * Completes the change whose delivery has failed, before any other, and before a subscription is reset or switched.
     */
    void finish() {
        StateChange change = unfinishedChange;
        if (change != null) {
            subscriptions.deliverRest(change);
            record(change, requireNonNull(unfinishedEntry));
        }
    }

    private void record(StateChange change, Entry entry) {
        if (!isCounted) {
            statuses.moved(status(change.before()), status(change.after()));
            isCounted = true;
        }
        table.recordDispatched(entry, change.after(), change.revision());
        unfinishedChange = null;
        unfinishedEntry = null;
    }

    private static @Nullable String status(@Nullable PresenceState state) {
        return state == null ? null : state.status();
    }
}
