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
import io.presence.query.Query;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that are being told what there is, each in slices, taking turns.
 *
 * <p><b>Cost.</b> A round looks at {@value #LEAST} presences, or at {@value #PER_DISPATCHED} for each that it
 * dispatched, up to {@value #MOST}; and no further once it has spent its operations on filters: a write waits little
 * for a snapshot, and a snapshot goes on among many writes. What a walk looks at is what the index leaves to look at,
 * for a subscription with an {@code equal} condition on an indexed attribute; otherwise the store.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class SnapshotScheduler {

    static final int LEAST = 128;
    static final int MOST = 1024;
    static final int PER_DISPATCHED = 4;

    private static final int SLICE = 128;

    /** Is told of the ends of walks. */
    public interface Ends {

        /**
         * Takes the end of one.
         *
         * @param isPassage whether it was a passage, not a snapshot
         * @param isComplete whether it came to its end, not to a void
         */
        void ended(LiveSubscription subscription, boolean isPassage, boolean isComplete);

        /** Called when one has thrown; closes its subscription. Must not throw. */
        void failed(LiveSubscription subscription, Throwable thrown);
    }

    private final PresenceTable entries;
    private final Planner<Entry> planner;
    private final Ends ends;
    private final Deque<SnapshotScan> order = new ArrayDeque<>();
    private final Map<LiveSubscription, SnapshotScan> bySubscription = new HashMap<>();

    /**
     * Starts without any.
     *
     * @param entries has the presences
     * @param ends is told of each end
     */
    public SnapshotScheduler(PresenceTable entries, Ends ends) {
        this.entries = entries;
        this.planner = entries.planner();
        this.ends = ends;
    }

    /** Has a subscription told all that it sees. */
    public void startSnapshot(LiveSubscription subscription, long revision) {
        Query.Filter condition = subscription.condition();
        start(new SnapshotScan(subscription, revision, null, entries(condition), entries));
    }

    /**
     * Has a subscription told what it sees otherwise than another principal.
     *
     * @param from who it was
     * @param condition what that saw
     */
    public void startVisibilityScan(LiveSubscription subscription, long revision, Access from, Query.Filter condition) {
        Query.Filter to = subscription.condition();
        Iterator<Query.Filter> both = List.of(condition, to).iterator();
        ConcatIterator<Entry> ahead = new ConcatIterator<>(() -> both.hasNext() ? entries(both.next()) : null);
        start(new SnapshotScan(subscription, revision, from, ahead, entries));
    }

    private Iterator<Entry> entries(Query.Filter condition) {
        return planner.choose(condition).iterator();
    }

    private void start(SnapshotScan walk) {
        SnapshotScan replaced = bySubscription.put(walk.subscription(), walk);
        if (replaced != null) {
            order.remove(replaced);
            ends.ended(replaced.subscription(), !replaced.isSnapshot(), false);
        }
        walk.subscription().scanning(true);
        order.add(walk);
    }

    private @Nullable SnapshotScan of(LiveSubscription subscription) {
        return bySubscription.isEmpty() ? null : bySubscription.get(subscription);
    }

    /** Has a subscription that may be in a walk told a step. */
    public void deliver(LiveSubscription subscription, StateChange step, Change change) {
        SnapshotScan walk = of(subscription);
        if (walk == null) {
            subscription.deliver(step, change);
            return;
        }
        boolean wasVisible = change != Change.ENTER && walk.mayHaveBeenVisibleBefore(step);
        boolean isVisible = change != Change.EXIT && walk.mayBeVisibleAfter(step);
        if (wasVisible || isVisible) {
            subscription.deliver(step, StateChange.visibility(wasVisible, isVisible));
        }
    }

    /** Leaves a step open for a subscription that may be in a walk, unless its filter is not what decides. */
    public void enqueueOpen(LiveSubscription subscription, StateChange step) {
        SnapshotScan walk = of(subscription);
        boolean before = walk == null ? subscription.canSee(step.before()) : walk.mayHaveBeenVisibleBefore(step);
        boolean after = walk == null ? subscription.canSee(step.after()) : walk.mayBeVisibleAfter(step);
        if (before || after) {
            subscription.enqueueOpen(step, before, after);
        }
    }

    /**
     * Goes on with those that can, within the budget.
     *
     * @param revision of the last step that was dispatched
     * @param dispatched how many presences the round has dispatched
     * @param allowance how many operations that may take
     * @return how much was done
     */
    public int advance(long revision, int dispatched, FilterBudget allowance) {
        int budget = Math.max(LEAST, Math.min(MOST, PER_DISPATCHED * dispatched));
        int done = 0;
        int stuck = 0;
        while (done < budget && stuck < order.size() && !allowance.isSpent()) {
            /* It leaves its place when that is done, whatever fails. */
            SnapshotScan walk = order.element();
            int met = advance(walk, Math.min(SLICE, budget - done), allowance, revision);
            done += met;
            stuck = met == 0 ? stuck + 1 : 0;
            if (walk.isAtEnd()) {
                done++;
                stuck = 0;
                end(walk);
            } else {
                putLast(walk);
            }
        }
        return done;
    }

    /* One that fails is void from then on, since its subscription ends. */
    private int advance(SnapshotScan walk, int budget, FilterBudget allowance, long revision) {
        try {
            return walk.advance(budget, allowance, revision);
        } catch (Throwable thrown) {
            ends.failed(walk.subscription(), thrown);
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
            subscription.scanning(false);
            ends.ended(subscription, !first.isSnapshot(), !first.isVoid());
        } catch (Throwable thrown) {
            ends.failed(subscription, thrown);
        }
    }

    /** Tells whether one can go on now. */
    public boolean canAdvance() {
        for (SnapshotScan walk : order) {
            if (walk.canGoOn()) {
                return true;
            }
        }
        return false;
    }
}
