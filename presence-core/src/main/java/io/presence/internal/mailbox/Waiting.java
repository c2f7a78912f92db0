package io.presence.internal.mailbox;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.mailbox.NetChanges.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a subscription has yet to be told: perhaps first that it must start over, then changes, and perhaps between
 * them the moment at which it is in sync.
 *
 * <p>That moment is at the end of all changes until one is taken, from when on it stays where it is: later changes are
 * kept behind it, so that what the listener has assembled when it is told is what was dispatched at one revision, and so
 * that it comes however fast changes are. A listener that takes nothing has no more than one change for each presence
 * waiting; one that is about to be in sync may have two.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class Waiting {

    private boolean resets;
    private boolean drops;
    private @Nullable NetChanges beforeSync;
    private long syncedAt;
    private NetChanges changes = new NetChanges();
    private int join;
    /* The last revision that was added, and the last that the listener may know of already. */
    private long through;
    private long known;

    int size() {
        NetChanges ahead = beforeSync;
        return changes.size() + (ahead == null ? 0 : ahead.size());
    }

    boolean isEmpty() {
        return !resets && !drops && join == 0 && changes.size() == 0;
    }

    Outcome add(Step step, boolean seesBefore, boolean seesAfter, @Nullable Cause cause) {
        through = Math.max(through, step.revision());
        Outcome outcome = changes.add(step, seesBefore, seesAfter, cause);
        noteAnnihilated(outcome);
        return outcome;
    }

    /** Forgets what waits, since the listener is to start over. */
    void reset() {
        drop();
        resets = true;
    }

    /** Forgets what waits. */
    void drop() {
        drops = true;
        beforeSync = null;
        changes = new NetChanges();
        join = 0;
    }

    /**
     * Notes that the listener is in sync once it is told what waits.
     *
     * @param revision of the last step that there was, concerning it or not
     * @param which of its joins it completes, from 1
     */
    void sync(long revision, int which) {
        through = Math.max(through, revision);
        join = which;
    }

    /**
     * Adds what waits later.
     *
     * @param outcomes is told what became of each change
     */
    void add(Waiting later, Consumer<Outcome> outcomes) {
        if (later.drops) {
            drop();
        }
        resets |= later.resets;
        through = Math.max(through, later.through);
        known = Math.max(known, later.known);
        Pending each = later.changes.peek();
        while (each != null) {
            Pending following = each.next;
            Outcome outcome = changes.add(each);
            noteAnnihilated(outcome);
            outcomes.accept(outcome);
            each = following;
        }
        if (later.join != 0) {
            join = later.join;
        }
    }

    /* Who comes and goes untold is in sight at the revisions between, where the listener has thus never been. */
    private void noteAnnihilated(Outcome outcome) {
        if (outcome == Outcome.ANNIHILATED) {
            known = through;
        }
    }

    /**
     * Takes what the next call is to tell.
     *
     * @param most the number of events that may be taken; signals may be taken always
     * @param named the one action of the channel, or null
     * @return null if there is nothing that may be taken
     */
    @Nullable Call take(int most, @Nullable Action named) {
        drops = false;
        if (resets) {
            Call call = Call.reset();
            resets = false;
            return call;
        }
        if (join != 0 && beforeSync == null) {
            NetChanges later = new NetChanges();
            beforeSync = changes;
            changes = later;
            syncedAt = through;
        }
        NetChanges ahead = beforeSync;
        if (ahead == null) {
            return events(changes, most, named);
        }
        if (ahead.size() > 0) {
            return events(ahead, most, named);
        }
        Call call = Call.synced(syncedAt, join);
        beforeSync = null;
        join = 0;
        call.reaches(told(), exact());
        return call;
    }

    private @Nullable Call events(NetChanges from, int most, @Nullable Action named) {
        Pending next = from.peek();
        if (most <= 0 || next == null) {
            return null;
        }
        List<PresenceEvent> events = new ArrayList<>(Math.min(most, 2 * from.size()));
        Call call = Call.events(events);
        try {
            while (next != null && events.size() < most) {
                events.add(next.nextEvent(named));
                /* Nothing fails from here on: an event that is made is taken. */
                /* Not the event's: a life that came and went untold, after the one that is told to have left, is part of it. */
                known = Math.max(known, next.last());
                next.eventTaken();
                if (next.isSettled()) {
                    from.remove(next);
                    next = from.peek();
                }
            }
        } catch (Throwable failure) {
            if (events.isEmpty()) {
                throw failure;
            }
        }
        call.reaches(told(), exact());
        return call;
    }

    /** The revision up to which all will have been told. */
    private long told() {
        Pending next = changes.peek();
        return next == null ? through : next.first() - 1;
    }

    /** The revision that the listener will be at with every presence, or -1 if it is ahead with some. */
    private long exact() {
        long told = told();
        return known <= told ? told : -1;
    }
}
