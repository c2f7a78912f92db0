package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.ConflatedChanges.Outcome;
import io.presence.internal.store.PresenceState;
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
final class PendingDelivery {

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
    private @Nullable ConflatedChanges beforeSync;
    private long syncedAt;
    private ConflatedChanges changes = new ConflatedChanges();
    private int join;
    /* The last revision that was added, and the last that the listener may know of already. */
    private long through;
    private long known;
    /* What decides open changes; made when the first of them is to be decided. */
    private @Nullable CompiledQuery<PresenceState> filter;

    int size() {
        ConflatedChanges ahead = beforeSync;
        return changes.size() + (ahead == null ? 0 : ahead.size());
    }

    boolean isEmpty() {
        return !resets && !drops && join == 0 && changes.size() == 0;
    }

    Outcome add(StateChange step, FilterResult before, FilterResult after, @Nullable Cause cause) {
        through = Math.max(through, step.revision());
        open += before == FilterResult.OPEN || after == FilterResult.OPEN ? 1 : 0;
        Outcome outcome = changes.add(step, before, after, cause);
        countCancelledOut(outcome);
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
        changes = new ConflatedChanges();
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
    void add(PendingDelivery later, Consumer<Outcome> outcomes) {
        if (later.drops) {
            drop();
        }
        resets |= later.resets;
        added += later.added;
        open += later.open;
        through = Math.max(through, later.through);
        known = Math.max(known, later.known);
        PendingChange each = later.changes.peek();
        while (each != null) {
            PendingChange following = each.next;
            Outcome outcome = changes.add(each);
            countCancelledOut(outcome);
            outcomes.accept(outcome);
            each = following;
        }
        if (later.join != 0) {
            join = later.join;
        }
    }

    /* Who comes and goes untold is in sight at the revisions between, where the listener has thus never been. */
    private void countCancelledOut(Outcome outcome) {
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
    @Nullable ListenerCall take(int most, @Nullable Action named, DrainContext drain) {
        ListenerCall call = next(most, named, drain);
        if (open > 0 && size() == 0) {
            open = 0;
            drain.evaluatedAll();
        }
        return call;
    }

    private @Nullable ListenerCall next(int most, @Nullable Action named, DrainContext drain) {
        drops = false;
        if (resets) {
            ListenerCall call = ListenerCall.reset();
            resets = false;
            return call;
        }
        if (join != 0 && beforeSync == null) {
            ConflatedChanges later = new ConflatedChanges();
            beforeSync = changes;
            changes = later;
            syncedAt = through;
        }
        ConflatedChanges ahead = beforeSync;
        if (ahead == null) {
            return events(changes, most, named, drain);
        }
        if (ahead.size() > 0) {
            return events(ahead, most, named, drain);
        }
        ListenerCall call = ListenerCall.synced(syncedAt, join);
        beforeSync = null;
        join = 0;
        call.reaches(deliveredRevision(), exact());
        return call;
    }

    private @Nullable ListenerCall events(ConflatedChanges from, int most, @Nullable Action named, DrainContext drain) {
        PendingChange next = from.peek();
        if (next != null && next.isOpen()) {
            ListenerCall undecided = decideFirst(from, drain);
            if (undecided != null) {
                return undecided;
            }
            next = from.peek();
        }
        if (most <= 0 || next == null) {
            return null;
        }
        List<PresenceEvent> events = new ArrayList<>(Math.min(most, 2 * from.size()));
        ListenerCall call = ListenerCall.events(events);
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
        call.reaches(deliveredRevision(), exact());
        return call;
    }

    private @Nullable ListenerCall decideFirst(ConflatedChanges from, DrainContext drain) {
        FilterBudget allowance = drain.allowance();
        long left = allowance.remaining();
        try {
            return decideFirst(from, drain, allowance);
        } finally {
            long spent = left - allowance.remaining();
            if (spent > 0) {
                drain.filterEvaluated(spent);
            }
        }
    }

    /*
     * Decides changes until there is something to tell of the first, and returns null; or what there is to say
     * otherwise.
     */
    private @Nullable ListenerCall decideFirst(ConflatedChanges from, DrainContext drain, FilterBudget allowance) {
        PendingChange first = requireNonNull(from.peek());
        while (first != null && first.isOpen() && !allowance.isSpent()) {
            if (!isRemoved(first, from, drain, allowance)) {
                return null;
            }
            first = from.peek();
        }
        ListenerCall call = first != null && first.isOpen() ? ListenerCall.interrupted() : ListenerCall.evaluated();
        call.reaches(deliveredRevision(), exact());
        return call;
    }

    /* Decides a change, and removes it if there is nothing to deliver. */
    private boolean isRemoved(PendingChange first, ConflatedChanges from, DrainContext drain, FilterBudget allowance) {
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
    void evaluateOpen(int most, DrainContext drain) {
        if (open == 0) {
            return;
        }
        FilterBudget allowance = drain.allowance();
        long left = allowance.remaining();
        ConflatedChanges ahead = beforeSync;
        boolean isSettled = isSettled(changes, most, drain, allowance)
                && (ahead == null || isSettled(ahead, most, drain, allowance));
        drain.filterEvaluated(left - allowance.remaining());
        if (isSettled) {
            open = 0;
            drain.evaluatedAll();
        }
    }

    /* True if none is open any more. A change that is looked at counts as one operation. */
    private boolean isSettled(ConflatedChanges from, int most, DrainContext drain, FilterBudget allowance) {
        PendingChange each = from.last();
        while (each != null && size() > most && !allowance.isSpent()) {
            PendingChange previous = each.previous;
            if (each.isOpen()) {
                isRemoved(each, from, drain, allowance);
            }
            allowance.spend(1);
            each = previous;
        }
        return each == null;
    }

    private void decide(PendingChange undecided, DrainContext drain, FilterBudget allowance) {
        CompiledQuery<PresenceState> decides = filter;
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
    boolean isExceededBy(StateChange step, RetentionPolicy keeping) {
        added += step.weight();
        if (added <= Math.max(BYTES, (long) BYTES_OF_A_LOOK * size())) {
            return false;
        }
        added = 0;
        ConflatedChanges ahead = beforeSync;
        long kept = changes.weight(keeping) + (ahead == null ? 0 : ahead.weight(keeping));
        return kept > BYTES / 2;
    }

    /** The revision up to which all will have been told. */
    private long deliveredRevision() {
        PendingChange next = changes.peek();
        return next == null ? through : next.first() - 1;
    }

    /** The revision that the listener will be at with every presence, or -1 if it is ahead with some. */
    private long exact() {
        long told = deliveredRevision();
        return known <= told ? told : -1;
    }
}
