package io.presence.internal.dispatch;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.StateChange;
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
 * Turns what happened to an entry into steps, gives each its revision, and has it told to the subscriptions that it
 * concerns.
 *
 * <p>It remembers for each entry the state it last told, and every step goes from there to the present one: so what a
 * subscription sees of a presence is one chain, whatever writers raced for. A life that began and ended between two
 * looks is never told.
 *
 * <p><b>Failures.</b> An entry whose dispatch throws is to be dispatched again. A step that was begun by then is kept,
 * and goes on before any other: to the subscriptions that it had not come to, and into what is noted of the entry.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Dispatcher {

    private final PresenceTable entries;
    private final Subscriptions subscriptions;
    private final StatusCounts statuses;
    /* The incarnation before the one that is being dispatched, until its end is delivered. */
    private @Nullable Entry owed;
    /* The step that is being delivered and noted, of which entry, and whether the statuses have counted it. */
    private @Nullable StateChange unfinished;
    private @Nullable Entry entryOfStep;
    private boolean isCounted;

    Dispatcher(PresenceTable entries, Subscriptions subscriptions, StatusCounts statuses) {
        this.entries = entries;
        this.subscriptions = subscriptions;
        this.statuses = statuses;
    }

    /**
     * Delivers what happened to an entry since it was last looked at.
     *
     * @param now the cycle's reading of the clock
     * @return whether it is alive and delivered
     */
    boolean dispatch(Entry entry, long now) {
        finish();
        /* Before the capture takes it from the entry: it must be in one place at least, whatever fails. */
        owed = entry.predecessor();
        CapturedChange capture = entries.capture(entry, now);
        /* A subscription made before the captured write must be in place before that write is matched. */
        subscriptions.runCommands();
        if (owed != null) {
            dispatchEnded(owed, now);
            owed = null;
        }
        return deliver(entry, capture);
    }

    /** Delivers the end of an incarnation that another has taken the place of. */
    void dispatchEnded(Entry earlier, long now) {
        finish();
        deliver(earlier, entries.capture(earlier, now));
    }

    /**
     * Takes the incarnation before the entry whose dispatch has just thrown, if the end of that is still to be
     * dispatched.
     */
    @Nullable Entry takeUndispatchedEnd() {
        Entry taken = owed;
        owed = null;
        return taken;
    }

    private boolean deliver(Entry entry, CapturedChange capture) {
        PresenceState from = capture.from();
        PresenceState last = capture.last();
        Cause end = capture.end();
        /* An incarnation that has ended before it was delivered never is. */
        if (last != from && (end == null || from != null)) {
            step(entry, from, last, null, actions(capture), null);
        }
        if (end == null) {
            return true;
        }
        if (from != null) {
            EndTimes ending = last == null ? null : entries.endTimes(entry, last);
            step(entry, last, null, end, ActionSet.mask(Action.DELETE), ending);
        } else if (capture.actions() != 0) {
            subscriptions.counters().coalesced();
        }
        entries.release(entry);
        return false;
    }

    /* None are known if an earlier attempt has taken them and failed. */
    private static int actions(CapturedChange capture) {
        if (capture.actions() != 0) {
            return capture.actions();
        }
        return ActionSet.mask(capture.from() == null ? Action.UPSERT : Action.UPDATE);
    }

    private void step(
            Entry entry,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            int actions,
            @Nullable EndTimes ending) {
        StateChange step = new StateChange(
                subscriptions.revision() + 1, entry.dispatchedRevision(), before, after, end, actions, ending);
        isCounted = false;
        entryOfStep = entry;
        unfinished = step;
        try {
            subscriptions.deliver(step);
        } catch (Throwable thrown) {
            subscriptions.dispatchFailed("matching a change failed, subscriptions are matched one by one", thrown);
            subscriptions.deliverRest(step);
        }
        record(step, entry);
    }

    /** Returns whether each step that was begun is delivered and noted. */
    boolean isBetweenSteps() {
        return unfinished == null;
    }

    /** Goes on with the step that has failed, before any other. */
    private void finish() {
        StateChange step = unfinished;
        if (step != null) {
            subscriptions.deliverRest(step);
            record(step, requireNonNull(entryOfStep));
        }
    }

    private void record(StateChange step, Entry entry) {
        if (!isCounted) {
            statuses.moved(status(step.before()), status(step.after()));
            isCounted = true;
        }
        entries.recordDispatched(entry, step.after(), step.revision());
        unfinished = null;
        entryOfStep = null;
    }

    private static @Nullable String status(@Nullable PresenceState state) {
        return state == null ? null : state.status();
    }
}
