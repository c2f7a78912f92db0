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
 * The passage of one subscription from what it saw to what it sees: from nothing, which is a snapshot, or from what
 * another principal saw. It takes rests, and the presences change meanwhile.
 *
 * <p>A presence is as it was at the start of the walk until a step is dispatched: then the step is told, from what the
 * subscription was told of it, and the walk passes it by. So it does not matter in which order presences are met, or
 * whether one is met twice; and one that is missed since it was changed meanwhile has been told of.
 *
 * <p>What the subscription asks for stays; only who asks may change. So the filter is evaluated only for presences that
 * are met, and only if the one principal may read them and the other may not; a step comes with the verdict of the
 * index.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class SnapshotScan {

    /* What it costs to look at a presence beside the filter, in operations. */
    private static final int MEETING = 16;

    private final LiveSubscription subscription;
    private final int join;
    private final long revision;
    private final @Nullable Access from;
    private final Access to;
    private final CompiledQuery<PresenceState> filter;
    private final Iterator<Entry> ahead;
    private final PresenceTable entries;
    /* The ids of those met that are seen otherwise now. */
    private final Set<String> changed = new HashSet<>();

    /**
     * Starts before the first presence.
     *
     * @param revision of the last step that was dispatched
     * @param from who the subscription was, or null if it saw nothing
     * @param ahead all presences that either sees
     * @param entries knows how long these live
     */
    SnapshotScan(
            LiveSubscription subscription,
            long revision,
            @Nullable Access from,
            Iterator<Entry> ahead,
            PresenceTable entries) {
        this.entries = entries;
        this.subscription = subscription;
        this.join = subscription.syncEpoch();
        this.revision = revision;
        this.from = from;
        this.to = subscription.access();
        this.filter = CompiledQuery.compile(subscription.filter(), StateSchema.READABLE);
        this.ahead = ahead;
    }

    LiveSubscription subscription() {
        return subscription;
    }

    boolean isSnapshot() {
        return from == null;
    }

    /** Tells whether it is no longer wanted: the subscription has been closed, or is to start over. */
    boolean isVoid() {
        return !subscription.isOpen() || subscription.syncEpoch() != join;
    }

    /**
     * Tells whether it can go on. What is held is left no matter how much: nothing would be taken until the walk is
     * over.
     */
    boolean canGoOn() {
        return isVoid() || !isSnapshot() || subscription.hasCapacity();
    }

    /**
     * Goes on.
     *
     * @param budget how many presences may be looked at
     * @param allowance how many operations that may take
     * @param now the revision of the last step that was dispatched, and of what a snapshot tells; a passage is told at
     *     the one at which it started
     * @return how many were; less than {@code budget} if it is at the end, there is no room, or the operations are
     *     spent
     */
    int advance(int budget, FilterBudget allowance, long now) {
        int done = 0;
        while (done < budget && !allowance.isSpent() && !isVoid() && canGoOn() && ahead.hasNext()) {
            Entry entry = ahead.next();
            long before = filter.operations();
            long at = isSnapshot() ? now : revision;
            meet(entry, at);
            /* Its end has yet to be told, and the other has taken its place in the table. */
            Entry earlier = entry.predecessor();
            if (earlier != null) {
                meet(earlier, at);
            }
            allowance.spend(filter.operations() - before + MEETING);
            done++;
        }
        return done;
    }

    boolean isAtEnd() {
        return isVoid() || !ahead.hasNext();
    }

    private void meet(Entry entry, long at) {
        PresenceState told = entry.dispatched();
        if (told == null || entry.dispatchedRevision() > revision) {
            return;
        }
        boolean saw = mayHaveSeen(told);
        boolean sees = maySee(told);
        if (saw != sees && filter.test(told) && changed.add(told.id())) {
            Action action = sees ? Action.UPSERT : Action.UPDATE;
            PresenceState shown = sees ? entries.current(entry, told) : told;
            StateChange step =
                    new StateChange(at, entry.dispatchedRevision(), told, shown, null, ActionSet.mask(action));
            subscription.deliver(step, sees ? Change.ENTER : Change.EXIT);
        }
    }

    private boolean mayHaveSeen(PresenceState state) {
        return from != null && subscription.canSee(state, from);
    }

    private boolean maySee(PresenceState state) {
        return subscription.canSee(state, to);
    }

    /** Tells whether the subscription has been told the state before a step, if its filter holds for that. */
    boolean mayHaveBeenVisibleBefore(StateChange step) {
        PresenceState before = step.before();
        if (before == null) {
            return false;
        }
        boolean isAsAtStart = step.previousRevision() <= revision && !changed.contains(before.id());
        return isAsAtStart ? mayHaveSeen(before) : maySee(before);
    }

    /** Tells whether the subscription is to be told the state after a step, if its filter holds for that. */
    boolean mayBeVisibleAfter(StateChange step) {
        PresenceState after = step.after();
        return after != null && maySee(after);
    }
}
