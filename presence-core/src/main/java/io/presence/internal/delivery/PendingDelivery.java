package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.ConflatedChanges.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The content of a mailbox: an optional reset, pending changes, and an optional sync marker between them.
 *
 * <p>As long as no change has been taken, the sync marker stays behind all changes, including new ones. From then
 * on it keeps its position, and
 * later changes are behind it. So the listener is in sync at one revision, however fast presences change. A listener
 * that takes nothing has at most one pending change for each presence; one with a fixed sync marker has at most two.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
final class PendingDelivery {

    /*
     * The bytes that are added before the retained bytes are computed, of which half may be retained. At least
     * WEIGHED_BYTES_PER_CHANGE for each pending change, so that the computation is amortized.
     */
    private static final long WEIGHED_BYTES = 16L << 20;
    private static final int WEIGHED_BYTES_PER_CHANGE = 64;

    private long addedBytes;
    /* An upper bound of the number of unevaluated changes. */
    private int unevaluated;
    /* The changes that were conflated or cancelled out since the last call with events. */
    private int conflated;
    private boolean hasReset;
    private boolean hasDrop;
    private @Nullable ConflatedChanges beforeSync;
    private long syncedAt;
    private ConflatedChanges changes = new ConflatedChanges();
    /* The epoch that the sync marker completes, or 0 if there is no marker. */
    private int syncEpoch;
    /* The last revision that was added, and the last one whose effects the listener can have observed. */
    private long lastRevision;
    private long observedRevision;
    /* Null until the first unevaluated change is evaluated. */
    private @Nullable ChangeEvaluator evaluator;

    int size() {
        ConflatedChanges ahead = beforeSync;
        return changes.size() + (ahead == null ? 0 : ahead.size());
    }

    boolean isEmpty() {
        return !hasReset && !hasDrop && syncEpoch == 0 && changes.size() == 0;
    }

    Outcome add(StateChange change, FilterResult before, FilterResult after, @Nullable Cause cause) {
        lastRevision = Math.max(lastRevision, change.revision());
        unevaluated += before == FilterResult.UNEVALUATED || after == FilterResult.UNEVALUATED ? 1 : 0;
        Outcome outcome = changes.add(change, before, after, cause);
        conflated += outcome == Outcome.PENDING ? 0 : 1;
        recordCancelledOut(outcome);
        return outcome;
    }

    /** Drops what is pending, and adds a reset. */
    void reset() {
        drop();
        hasReset = true;
    }

    /** Drops what is pending. */
    void drop() {
        hasDrop = true;
        conflated = 0;
        beforeSync = null;
        changes = new ConflatedChanges();
        syncEpoch = 0;
    }

    /**
     * Adds the sync marker.
     *
     * @param revision the revision of the last dispatched change, visible or not
     * @param epoch the sync epoch that the marker completes, from 1
     */
    void sync(long revision, int epoch) {
        lastRevision = Math.max(lastRevision, revision);
        syncEpoch = epoch;
    }

    /**
     * Conflates this with later content.
     *
     * @param outcomes called with the outcome of each change
     */
    void add(PendingDelivery later, Consumer<Outcome> outcomes) {
        if (later.hasDrop) {
            drop();
        }
        hasReset |= later.hasReset;
        addedBytes += later.addedBytes;
        unevaluated += later.unevaluated;
        conflated += later.conflated;
        lastRevision = Math.max(lastRevision, later.lastRevision);
        observedRevision = Math.max(observedRevision, later.observedRevision);
        PendingChange each = later.changes.peek();
        while (each != null) {
            PendingChange next = each.next;
            Outcome outcome = changes.add(each);
            conflated += outcome == Outcome.PENDING ? 0 : 1;
            recordCancelledOut(outcome);
            outcomes.accept(outcome);
            each = next;
        }
        if (later.syncEpoch != 0) {
            syncEpoch = later.syncEpoch;
        }
    }

    /* The presence was visible at revisions between its ENTER and EXIT. So the listener was at none of these. */
    private void recordCancelledOut(Outcome outcome) {
        if (outcome == Outcome.CANCELLED_OUT) {
            observedRevision = lastRevision;
        }
    }

    /**
     * Takes the content of the next call.
     *
     * @param maxEvents the number of events that can be taken; signals can always be taken
     * @param named the one action of the channel, or null
     * @param drain the filter of the subscription and the budget, with which unevaluated changes are evaluated
     * @return null if nothing can be taken
     */
    @Nullable ListenerCall take(int maxEvents, @Nullable Action named, DrainContext drain) {
        ListenerCall call = next(maxEvents, named, drain);
        if (unevaluated > 0 && size() == 0) {
            unevaluated = 0;
            drain.allEvaluated();
        }
        return call;
    }

    private @Nullable ListenerCall next(int maxEvents, @Nullable Action named, DrainContext drain) {
        hasDrop = false;
        if (hasReset) {
            ListenerCall call = ListenerCall.reset();
            hasReset = false;
            return call;
        }
        if (syncEpoch != 0 && beforeSync == null) {
            fixSyncMarker();
        }
        ConflatedChanges ahead = beforeSync;
        if (ahead == null) {
            return events(changes, maxEvents, named, drain);
        }
        if (ahead.size() > 0) {
            return events(ahead, maxEvents, named, drain);
        }
        ListenerCall call = ListenerCall.synced(syncedAt, syncEpoch);
        beforeSync = null;
        syncEpoch = 0;
        call.setProgress(deliveredRevision(), exactRevision());
        return call;
    }

    private void fixSyncMarker() {
        ConflatedChanges later = new ConflatedChanges();
        beforeSync = changes;
        changes = later;
        syncedAt = lastRevision;
    }

    private @Nullable ListenerCall events(
            ConflatedChanges from, int maxEvents, @Nullable Action named, DrainContext drain) {
        PendingChange first = from.peek();
        if (first != null && first.isUnevaluated()) {
            ListenerCall call = evaluateFirst(from, drain);
            if (call != null) {
                return call;
            }
            first = from.peek();
        }
        if (maxEvents <= 0 || first == null) {
            return null;
        }
        List<PresenceEvent> events = new ArrayList<>(Math.min(maxEvents, 2 * from.size()));
        ListenerCall call = ListenerCall.events(maxEvents > 1 ? Collections.unmodifiableList(events) : events);
        try {
            takeEvents(from, first, maxEvents, named, events);
        } catch (Throwable failure) {
            if (events.isEmpty()) {
                throw failure;
            }
        }
        call.setProgress(deliveredRevision(), exactRevision());
        call.setConflated(conflated);
        conflated = 0;
        return call;
    }

    private void takeEvents(
            ConflatedChanges from,
            PendingChange first,
            int maxEvents,
            @Nullable Action named,
            List<PresenceEvent> events) {
        PendingChange next = first;
        while (next != null && events.size() < maxEvents && !next.isUnevaluated()) {
            events.add(next.nextEvent(named));
            /* Nothing fails from here on, so that each event in the list is taken. */
            /* Not the revision of the event: an incarnation that cancelled out can follow the exited one. */
            observedRevision = Math.max(observedRevision, next.lastRevision());
            next.markDelivered();
            if (next.isNoOp()) {
                from.remove(next);
                next = from.peek();
            }
        }
    }

    private @Nullable ListenerCall evaluateFirst(ConflatedChanges from, DrainContext drain) {
        FilterBudget budget = drain.budget();
        long before = budget.remaining();
        try {
            return evaluateFirst(from, drain, budget);
        } finally {
            long spent = before - budget.remaining();
            if (spent > 0) {
                drain.filterEvaluated(spent);
            }
        }
    }

    /* Evaluates changes until the first has an event, and returns null; otherwise a call that is not delivered. */
    private @Nullable ListenerCall evaluateFirst(ConflatedChanges from, DrainContext drain, FilterBudget budget) {
        PendingChange first = requireNonNull(from.peek());
        while (first != null && first.isUnevaluated() && !budget.isSpent()) {
            if (!evaluate(first, from, drain, budget)) {
                return null;
            }
            first = from.peek();
        }
        ListenerCall call =
                first != null && first.isUnevaluated() ? ListenerCall.interrupted() : ListenerCall.evaluated();
        call.setProgress(deliveredRevision(), exactRevision());
        return call;
    }

    /* Evaluates a change. Removes it and returns true if there is nothing to deliver. */
    private boolean evaluate(PendingChange change, ConflatedChanges from, DrainContext drain, FilterBudget budget) {
        ChangeEvaluator compiled = evaluator;
        if (compiled == null) {
            compiled = ChangeEvaluator.compile(drain, budget);
            evaluator = compiled;
        }
        compiled.evaluate(change, budget);
        if (!change.isNoOp()) {
            return false;
        }
        /* The presence can have been visible between its first and last change. */
        if (change.firstRevision() != change.lastRevision()) {
            observedRevision = Math.max(observedRevision, change.lastRevision());
        }
        from.remove(change);
        return true;
    }

    /**
     * Evaluates unevaluated changes, the newest first, within the budget, until at most {@code maxPending} changes are
     * pending. Removes changes without an event.
     */
    void evaluatePending(int maxPending, DrainContext drain) {
        if (unevaluated == 0) {
            return;
        }
        FilterBudget budget = drain.budget();
        long before = budget.remaining();
        ConflatedChanges ahead = beforeSync;
        boolean isEachEvaluated = evaluateNewest(changes, maxPending, drain, budget)
                && (ahead == null || evaluateNewest(ahead, maxPending, drain, budget));
        drain.filterEvaluated(before - budget.remaining());
        if (isEachEvaluated) {
            unevaluated = 0;
            drain.allEvaluated();
        }
    }

    /* True if each change is evaluated. Looking at a change costs one operation. */
    private boolean evaluateNewest(ConflatedChanges from, int maxPending, DrainContext drain, FilterBudget budget) {
        PendingChange each = from.last();
        while (each != null && size() > maxPending && !budget.isSpent()) {
            PendingChange previous = each.previous;
            if (each.isUnevaluated()) {
                evaluate(each, from, drain, budget);
            }
            budget.spend(1);
            each = previous;
        }
        return each == null;
    }

    /** Counts the bytes of an added change. True if more bytes are retained than the limit, if that was computed. */
    boolean isOverweight(StateChange change, RetentionPolicy policy) {
        addedBytes += change.weight();
        if (addedBytes <= Math.max(WEIGHED_BYTES, (long) WEIGHED_BYTES_PER_CHANGE * size())) {
            return false;
        }
        addedBytes = 0;
        ConflatedChanges ahead = beforeSync;
        long retained = changes.weight(policy) + (ahead == null ? 0 : ahead.weight(policy));
        return retained > WEIGHED_BYTES / 2;
    }

    /** Returns the revision up to which each change is delivered after the next call. */
    private long deliveredRevision() {
        PendingChange next = changes.peek();
        return next == null ? lastRevision : next.firstRevision() - 1;
    }

    /** Returns the revision that the listener is at with every presence, or -1 if it is ahead with at least one. */
    private long exactRevision() {
        long revision = deliveredRevision();
        return observedRevision <= revision ? revision : -1;
    }
}
