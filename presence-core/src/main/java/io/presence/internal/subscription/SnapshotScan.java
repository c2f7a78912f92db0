package io.presence.internal.subscription;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.Access;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An incremental scan that brings a subscription from one visible set to another: from the empty set, which is a
 * snapshot, or from that of a former principal, which is a visibility scan. The store changes between slices.
 *
 * <p>Until a change is dispatched, a presence is in its state at the start of the scan. Then the change is delivered,
 * relative to the state that the subscription has received, and the scan skips the presence. So the scan may visit
 * presences in any order, and twice. If it misses one, a change of that presence has delivered it.
 *
 * <p>The filter of a subscription is constant; only its principal changes. So the scan evaluates the filter only for
 * presences that exactly one of the two principals can read. For changes, the query index evaluates it.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class SnapshotScan {

    /* The cost of a visit besides the filter, in operations. */
    private static final int VISIT_COST = 16;

    private final LiveSubscription subscription;
    private final int epoch;
    private final long revision;
    private final @Nullable Access from;
    private final Access to;
    private final CompiledQuery<PresenceState> filter;
    private final Iterator<Entry> remaining;
    private final PresenceTable table;
    /* The ids of visited presences whose visibility differs now. */
    private final Set<String> changed = new HashSet<>();

    /**
     * Creates a scan before the first presence.
     *
     * @param revision the revision of the last dispatched change
     * @param from the access of the former principal, or null for a snapshot
     * @param remaining all presences that either principal sees
     * @param table the presences, which have the current deadlines
     */
    SnapshotScan(
            LiveSubscription subscription,
            long revision,
            @Nullable Access from,
            Iterator<Entry> remaining,
            PresenceTable table) {
        this.table = table;
        this.subscription = subscription;
        this.epoch = subscription.syncEpoch();
        this.revision = revision;
        this.from = from;
        this.to = subscription.access();
        this.filter = CompiledQuery.compile(subscription.filter(), StateSchema.READABLE);
        this.remaining = remaining;
    }

    LiveSubscription subscription() {
        return subscription;
    }

    boolean isSnapshot() {
        return from == null;
    }

    /** Returns whether the scan is obsolete: the subscription has been closed or is being reset. */
    boolean isVoid() {
        return !subscription.isOpen() || subscription.syncEpoch() != epoch;
    }

    /**
     * Returns whether the scan can advance. A visibility scan ignores the capacity: its subscription is held, so
     * nothing is drained until it ends.
     */
    boolean canAdvance() {
        return isVoid() || !isSnapshot() || subscription.hasCapacity();
    }

    /**
     * Advances the scan.
     *
     * @param budget the number of presences that it may visit
     * @param allowance the operations that it may use
     * @param now the revision of the last dispatched change, which is the revision of a snapshot; the events of a
     *     visibility scan have the revision of its start
     * @return the number of visited presences; less than {@code budget} if the scan has ended, the capacity is used, or
     *     the operations are spent
     */
    int advance(int budget, FilterBudget allowance, long now) {
        int count = 0;
        while (count < budget && !allowance.isSpent() && !isVoid() && canAdvance() && remaining.hasNext()) {
            Entry entry = remaining.next();
            long before = filter.operations();
            long at = isSnapshot() ? now : revision;
            visit(entry, at);
            /* The end of the predecessor is not dispatched yet, and this entry has replaced it in the table. */
            Entry predecessor = entry.predecessor();
            if (predecessor != null) {
                visit(predecessor, at);
            }
            allowance.spend(filter.operations() - before + VISIT_COST);
            count++;
        }
        return count;
    }

    boolean isAtEnd() {
        return isVoid() || !remaining.hasNext();
    }

    private void visit(Entry entry, long at) {
        PresenceState dispatched = entry.dispatched();
        if (dispatched == null || entry.dispatchedRevision() > revision) {
            return;
        }
        boolean wasVisible = mayHaveSeen(dispatched);
        boolean isVisible = maySee(dispatched);
        if (wasVisible != isVisible && filter.test(dispatched) && changed.add(dispatched.id())) {
            Action action = isVisible ? Action.UPSERT : Action.UPDATE;
            PresenceState shown = isVisible ? table.current(entry, dispatched) : dispatched;
            StateChange stateChange =
                    new StateChange(at, entry.dispatchedRevision(), dispatched, shown, null, ActionSet.mask(action));
            subscription.deliver(stateChange, isVisible ? Change.ENTER : Change.EXIT);
        }
    }

    private boolean mayHaveSeen(PresenceState state) {
        return from != null && subscription.canSee(state, from);
    }

    private boolean maySee(PresenceState state) {
        return subscription.canSee(state, to);
    }

    /** Returns whether the subscription has received the state before a change, if its filter matches that. */
    boolean mayHaveBeenVisibleBefore(StateChange stateChange) {
        PresenceState before = stateChange.before();
        if (before == null) {
            return false;
        }
        boolean isAsAtStart = stateChange.previousRevision() <= revision && !changed.contains(before.id());
        return isAsAtStart ? mayHaveSeen(before) : maySee(before);
    }

    /** Returns whether the state after a change is visible, if the filter matches it. */
    boolean mayBeVisibleAfter(StateChange stateChange) {
        PresenceState after = stateChange.after();
        return after != null && maySee(after);
    }
}
