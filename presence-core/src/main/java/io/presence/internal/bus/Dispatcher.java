package io.presence.internal.bus;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.mailbox.Step;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Actions;
import io.presence.internal.store.Capture;
import io.presence.internal.store.Entries;
import io.presence.internal.store.Entry;
import io.presence.internal.store.State;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happened to an entry into steps, gives each its revision, and has it told to the subscriptions that it
 * concerns.
 *
 * <p>It remembers for each entry the state it last told, and every step goes from there to the present one: so what a
 * subscription sees of a presence is one chain, whatever writers raced for. A life that began and ended between two
 * looks is never told.
 *
 * <p><b>Failures.</b> An entry that throws here can be dispatched again: each change is either not begun, or delivered and
 * noted. What fails for one subscription, or in the counts, does not keep a change from the others.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Dispatcher {

    private final Entries entries;
    private final Subscriptions subscriptions;
    private final StatusCounts statuses;
    /* The incarnation before the one that is being dispatched, until its end is delivered. */
    private @Nullable Entry owed;

    Dispatcher(Entries entries, Subscriptions subscriptions, StatusCounts statuses) {
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
        Capture capture = entries.capture(entry, now);
        owed = capture.earlier();
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
        deliver(earlier, entries.capture(earlier, now));
    }

    /** Takes the incarnation before the entry whose dispatch has just thrown, if the end of that is still to be dispatched. */
    @Nullable Entry takeOwed() {
        Entry taken = owed;
        owed = null;
        return taken;
    }

    private boolean deliver(Entry entry, Capture capture) {
        State from = capture.from();
        State last = capture.last();
        Cause end = capture.end();
        /* An incarnation that has ended before it was delivered never is. */
        if (last != from && (end == null || from != null)) {
            step(entry, from, last, null, actions(capture));
        }
        if (end == null) {
            return true;
        }
        if (from != null) {
            step(entry, last, null, end, Actions.mask(Action.DELETE));
        } else if (capture.actions() != 0) {
            subscriptions.counters().coalesced();
        }
        entries.release(entry);
        return false;
    }

    /* None are known if an earlier attempt has taken them and failed. */
    private static int actions(Capture capture) {
        if (capture.actions() != 0) {
            return capture.actions();
        }
        return Actions.mask(capture.from() == null ? Action.UPSERT : Action.UPDATE);
    }

    /* Once there is a step, all of the rest is done, whatever fails. */
    private void step(Entry entry, @Nullable State before, @Nullable State after, @Nullable Cause end, int actions) {
        Step step = new Step(subscriptions.revision() + 1, entry.dispatchedAt(), before, after, end, actions);
        try {
            subscriptions.tell(step);
        } finally {
            note(entry, before, after, step.revision());
        }
    }

    private void note(Entry entry, @Nullable State before, @Nullable State after, long revision) {
        try {
            statuses.moved(before == null ? null : before.status(), after == null ? null : after.status());
        } catch (Throwable thrown) {
            subscriptions.dispatchFailed("counting a status failed, statusCounts() may be off", thrown);
        } finally {
            entries.dispatched(entry, after, revision);
        }
    }
}
