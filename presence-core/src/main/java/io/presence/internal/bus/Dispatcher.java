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
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Dispatcher {

    private final Entries entries;
    private final Subscriptions subscriptions;
    private final StatusCounts statuses;

    Dispatcher(Entries entries, Subscriptions subscriptions, StatusCounts statuses) {
        this.entries = entries;
        this.subscriptions = subscriptions;
        this.statuses = statuses;
    }

    /**
     * Tells what happened to an entry since it was last looked at.
     *
     * @param now the cycle's reading of the clock
     * @return whether it is alive and told
     */
    boolean dispatch(Entry entry, long now) {
        Capture capture = entries.capture(entry, now);
        /* A subscription made before the captured write must be in place before that write is matched. */
        subscriptions.runCommands();
        Entry earlier = capture.earlier();
        if (earlier != null) {
            tell(earlier, entries.capture(earlier, now));
        }
        return tell(entry, capture);
    }

    private boolean tell(Entry entry, Capture capture) {
        State from = capture.from();
        State last = capture.last();
        Cause end = capture.end();
        /* A life that has ended before anybody was told of it never is. */
        if (last != from && (end == null || from != null)) {
            step(entry, from, last, null, capture.actions());
        }
        if (end == null) {
            return true;
        }
        if (from != null) {
            step(entry, last, null, end, Actions.mask(Action.DELETE));
        }
        entries.release(entry);
        return false;
    }

    private void step(Entry entry, @Nullable State before, @Nullable State after, @Nullable Cause end, int actions) {
        Step step = new Step(subscriptions.revision() + 1, entry.dispatchedAt(), before, after, end, actions);
        subscriptions.tell(step);
        statuses.moved(before == null ? null : before.status(), after == null ? null : after.status());
        entries.dispatched(entry, after, step.revision());
    }
}
