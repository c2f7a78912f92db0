package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.NetChanges.Outcome;
import io.presence.internal.store.State;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a subscription has yet to be told: perhaps first that it must start over, then changes, and perhaps between
 * them the moment at which it is in sync.
 *
 * <p>That moment is at the end of all changes until one is taken, from when on it stays where it is: later changes are
 * kept behind it, so that what the listener has assembled when it is told is what was dispatched at one revision, and
 * so that it comes however fast changes are. A listener that takes nothing has no more than one change for each
 * presence waiting; one that is about to be in sync may have two.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class Waiting {

    /* What it costs to compile an instruction, and to read the values of a state, in operations. */
    private static final int COMPILING = 64;
    private static final int EVALUATING = 16;

    /* How much may be added before it is weighed what of it nothing else keeps, of which half may be. */
    private static final long BYTES = 16L << 20;
    private static final int BYTES_OF_A_LOOK = 64;

    private long added;
    /* At most so many changes are open. */
    private int open;
    private boolean resets;
    private boolean drops;
    private @Nullable NetChanges beforeSync;
    private long syncedAt;
    private NetChanges changes = new NetChanges();
    private int join;
    /* The last revision that was added, and the last that the listener may know of already. */
    private long through;
    private long known;
    /* What decides open changes; made when the first of them is to be decided. */
    private @Nullable CompiledQuery<State> filter;

    int size() {
        NetChanges ahead = beforeSync;
        return changes.size() + (ahead == null ? 0 : ahead.size());
    }

    boolean isEmpty() {
        return !resets && !drops && join == 0 && changes.size() == 0;
    }

    Outcome add(Step step, Verdict before, Verdict after, @Nullable Cause cause) {
        through = Math.max(through, step.revision());
        open += before == Verdict.OPEN || after == Verdict.OPEN ? 1 : 0;
        Outcome outcome = changes.add(step, before, after, cause);
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
        added += later.added;
        open += later.open;
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
     * @param drain decides what is open
     * @return null if there is nothing that may be taken
     */
    @Nullable Call take(int most, @Nullable Action named, Drain drain) {
        Call call = next(most, named, drain);
        if (open > 0 && size() == 0) {
            open = 0;
            drain.decidedAll();
        }
        return call;
    }

    private @Nullable Call next(int most, @Nullable Action named, Drain drain) {
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
            return events(changes, most, named, drain);
        }
        if (ahead.size() > 0) {
            return events(ahead, most, named, drain);
        }
        Call call = Call.synced(syncedAt, join);
        beforeSync = null;
        join = 0;
        call.reaches(told(), exact());
        return call;
    }

    private @Nullable Call events(NetChanges from, int most, @Nullable Action named, Drain drain) {
        Pending next = from.peek();
        if (next != null && next.isOpen()) {
            Call undecided = decideFirst(from, drain);
            if (undecided != null) {
                return undecided;
            }
            next = from.peek();
        }
        if (most <= 0 || next == null) {
            return null;
        }
        List<PresenceEvent> events = new ArrayList<>(Math.min(most, 2 * from.size()));
        Call call = Call.events(events);
        try {
            while (next != null && events.size() < most && !next.isOpen()) {
                events.add(next.nextEvent(named));
                /* Nothing fails from here on: an event that is made is taken. */
                /*
                 * Not the event's: a life that came and went untold, after the one that is told to have left, is part
                 * of it.
                 */
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

    private @Nullable Call decideFirst(NetChanges from, Drain drain) {
        Allowance allowance = drain.allowance();
        long left = allowance.left();
        try {
            return decideFirst(from, drain, allowance);
        } finally {
            long spent = left - allowance.left();
            if (spent > 0) {
                drain.spent(spent);
            }
        }
    }

    /*
     * Decides changes until there is something to tell of the first, and returns null; or what there is to say
     * otherwise.
     */
    private @Nullable Call decideFirst(NetChanges from, Drain drain, Allowance allowance) {
        Pending first = requireNonNull(from.peek());
        while (first != null && first.isOpen() && !allowance.isSpent()) {
            if (!isRemoved(first, from, drain, allowance)) {
                return null;
            }
            first = from.peek();
        }
        Call call = first != null && first.isOpen() ? Call.left() : Call.decided();
        call.reaches(told(), exact());
        return call;
    }

    /* Decides a change, and removes it if there is nothing to deliver. */
    private boolean isRemoved(Pending first, NetChanges from, Drain drain, Allowance allowance) {
        decide(first, drain, allowance);
        if (!first.isSettled()) {
            return false;
        }
        /* It may have been in sight between its steps. */
        known = first.first() == first.last() ? known : Math.max(known, first.last());
        from.remove(first);
        return true;
    }

    /**
     * Decides open changes, the newest first, within the allowance, until at most some changes are left. Changes of
     * which there is nothing to deliver are removed.
     */
    void settle(int most, Drain drain) {
        if (open == 0) {
            return;
        }
        Allowance allowance = drain.allowance();
        long left = allowance.left();
        NetChanges ahead = beforeSync;
        boolean isSettled = isSettled(changes, most, drain, allowance)
                && (ahead == null || isSettled(ahead, most, drain, allowance));
        drain.spent(left - allowance.left());
        if (isSettled) {
            open = 0;
            drain.decidedAll();
        }
    }

    /* True if none is open any more. A change that is looked at counts as one operation. */
    private boolean isSettled(NetChanges from, int most, Drain drain, Allowance allowance) {
        Pending each = from.last();
        while (each != null && size() > most && !allowance.isSpent()) {
            Pending previous = each.previous;
            if (each.isOpen()) {
                isRemoved(each, from, drain, allowance);
            }
            allowance.spend(1);
            each = previous;
        }
        return each == null;
    }

    private void decide(Pending undecided, Drain drain, Allowance allowance) {
        CompiledQuery<State> decides = filter;
        if (decides == null) {
            decides = CompiledQuery.compile(drain.filter(), StateSchema.READABLE);
            filter = decides;
            allowance.spend((long) COMPILING * decides.size());
        }
        long before = decides.operations();
        undecided.decide(decides);
        allowance.spend(decides.operations() - before + EVALUATING);
    }

    /**
     * Counts a step that was added. True if more is kept than may be. It is looked for that when {@value #BYTES} bytes
     * have been added, or more if it is long what has to be looked at, but less than that keeps.
     */
    boolean isExceededBy(Step step, Keeping keeping) {
        added += step.weight();
        if (added <= Math.max(BYTES, (long) BYTES_OF_A_LOOK * size())) {
            return false;
        }
        added = 0;
        NetChanges ahead = beforeSync;
        long kept = changes.weight(keeping) + (ahead == null ? 0 : ahead.weight(keeping));
        return kept > BYTES / 2;
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
