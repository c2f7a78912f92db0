package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.index.ConcatIterator;
import io.presence.internal.index.Planner;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StableQueue;
import io.presence.query.Query;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The running snapshot scans, which advance round-robin, one slice at a time.
 *
 * <p><b>Cost.</b> A duty cycle visits {@value #MIN_BUDGET} presences, or {@value #PER_DISPATCHED} for each one that it
 * has dispatched, up to {@value #MAX_BUDGET}, and ends earlier when the operations for filters are spent. So a snapshot
 * delays writes little, and advances under many writes. A scan visits the presences of the access path of the planner:
 * those of an index for an {@code equal} condition on an indexed attribute, otherwise the whole store.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class SnapshotScheduler {

    static final int MIN_BUDGET = 128;
    static final int MAX_BUDGET = 1024;
    static final int PER_DISPATCHED = 4;

    private static final int SLICE = 128;

    /** A callback for the ends of scans. */
    interface Ends {

        /**
         * Called when a scan has ended.
         *
         * @param isVisibilityScan false for a snapshot
         * @param isComplete false if the scan was obsolete
         */
        void ended(LiveSubscription subscription, boolean isVisibilityScan, boolean isComplete);

        /** Called when a scan has thrown; closes its subscription. Must not throw. */
        void failed(LiveSubscription subscription, Throwable thrown);
    }

    private final PresenceTable table;
    private final Planner<Entry> planner;
    private final Ends ends;
    private final Queue<SnapshotScan> order = new StableQueue<>(16);
    private final Map<LiveSubscription, SnapshotScan> bySubscription = new HashMap<>();

    /**
     * Creates a scheduler without scans.
     *
     * @param table the presences
     * @param ends called at the end of each scan
     */
    SnapshotScheduler(PresenceTable table, Ends ends) {
        this.table = table;
        this.planner = table.planner();
        this.ends = ends;
    }

    /** Starts a snapshot for a subscription. */
    void startSnapshot(LiveSubscription subscription, long revision) {
        Query.Filter condition = subscription.condition();
        start(new SnapshotScan(subscription, revision, null, entries(condition), table));
    }

    /**
     * Starts a scan of the presences whose visibility a switch of principal changes.
     *
     * @param from the access of the former principal
     * @param condition the condition of visibility of the former principal
     */
    void startVisibilityScan(LiveSubscription subscription, long revision, Access from, Query.Filter condition) {
        Query.Filter to = subscription.condition();
        Iterator<Query.Filter> both = List.of(condition, to).iterator();
        ConcatIterator<Entry> remaining = new ConcatIterator<>(() -> both.hasNext() ? entries(both.next()) : null);
        start(new SnapshotScan(subscription, revision, from, remaining, table));
    }

    private Iterator<Entry> entries(Query.Filter condition) {
        Planner.AccessPath<Entry> path = planner.choose(condition);
        return table.readAhead(path.iterator(), path.size());
    }

    private void start(SnapshotScan scan) {
        SnapshotScan replaced = bySubscription.put(scan.subscription(), scan);
        scan.subscription().setScanning(true);
        if (replaced != null) {
            order.remove(replaced);
            ends.ended(replaced.subscription(), !replaced.isSnapshot(), false);
        }
        order.add(scan);
    }

    private @Nullable SnapshotScan of(LiveSubscription subscription) {
        return subscription.isScanning() ? bySubscription.get(subscription) : null;
    }

    /** Delivers a change to a subscription, for which a scan may be running. */
    void deliver(LiveSubscription subscription, StateChange stateChange, Change change) {
        SnapshotScan scan = of(subscription);
        if (scan == null) {
            subscription.deliver(stateChange, change);
            return;
        }
        boolean wasVisible = change != Change.ENTER && scan.mayHaveBeenVisibleBefore(stateChange);
        boolean isVisible = change != Change.EXIT && scan.mayBeVisibleAfter(stateChange);
        if (wasVisible || isVisible) {
            subscription.deliver(stateChange, StateChange.visibility(wasVisible, isVisible));
        }
    }

    /**
     * Enqueues an unevaluated change for a subscription, for which a scan may be running, unless channel or permissions
     * decide.
     */
    void enqueueUnevaluated(LiveSubscription subscription, StateChange stateChange) {
        SnapshotScan scan = of(subscription);
        boolean before =
                scan == null ? subscription.canSee(stateChange.before()) : scan.mayHaveBeenVisibleBefore(stateChange);
        boolean after = scan == null ? subscription.canSee(stateChange.after()) : scan.mayBeVisibleAfter(stateChange);
        if (before || after) {
            subscription.enqueueUnevaluated(stateChange, before, after);
        }
    }

    /**
     * Advances the scans that can, within the budget.
     *
     * @param revision the revision of the last dispatched change
     * @param dispatched the number of presences that the duty cycle has dispatched
     * @param allowance the operations that the scans may use
     * @return the amount of work done
     */
    int advance(long revision, int dispatched, FilterBudget allowance) {
        int budget = Math.max(MIN_BUDGET, Math.min(MAX_BUDGET, PER_DISPATCHED * dispatched));
        int count = 0;
        int blocked = 0;
        while (count < budget && blocked < order.size() && !allowance.isSpent()) {
            /* It stays first until its slice is done, even if that fails. */
            SnapshotScan scan = order.element();
            int visited = advance(scan, Math.min(SLICE, budget - count), allowance, revision);
            count += visited;
            blocked = visited == 0 ? blocked + 1 : 0;
            if (scan.isAtEnd()) {
                count++;
                blocked = 0;
                end(scan);
            } else {
                putLast(scan);
            }
        }
        return count;
    }

    /* A scan that fails is obsolete, since its subscription ends. */
    private int advance(SnapshotScan scan, int budget, FilterBudget allowance, long revision) {
        try {
            return scan.advance(budget, allowance, revision);
        } catch (Throwable thrown) {
            ends.failed(scan.subscription(), thrown);
            return 1;
        }
    }

    private void putLast(SnapshotScan first) {
        try {
            order.remove();
            order.add(first);
        } catch (Throwable thrown) {
            ends.failed(first.subscription(), thrown);
        }
    }

    private void end(SnapshotScan first) {
        LiveSubscription subscription = first.subscription();
        try {
            order.remove();
            bySubscription.remove(subscription);
            subscription.setScanning(false);
            ends.ended(subscription, !first.isSnapshot(), !first.isVoid());
        } catch (Throwable thrown) {
            ends.failed(subscription, thrown);
        }
    }

    /** Returns whether a scan can advance now. */
    boolean canAdvance() {
        for (SnapshotScan scan : order) {
            if (scan.canAdvance()) {
                return true;
            }
        }
        return false;
    }
}
