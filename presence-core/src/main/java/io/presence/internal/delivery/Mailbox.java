package io.presence.internal.delivery;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.ConflatedChanges.Outcome;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pending changes of one subscription: filled by the dispatcher, drained by the draining thread. It extends its
 * drain state to save one object for each subscription.
 *
 * <p>The content is a single object behind one reference. Either side takes exclusive ownership of it by exchanging it
 * for null, and returns it by a CAS from null. If the reference is null, the dispatcher allocates a new instance and
 * the draining thread does nothing. If the CAS finds an instance that the other side has returned, the two are
 * conflated. So neither side waits for the other.
 *
 * <p><b>Order.</b> The draining thread does not add changes. So its instance is older than one that it finds when it
 * returns its own. The instance of the dispatcher is newer.
 *
 * <p><b>Threads.</b> {@link #take} by the draining thread, {@link #size}, {@link #isAllTaken}, {@link #clear} and
 * {@link #hasLost} by any thread, the rest by the dispatcher. Lock-free.
 */
final class Mailbox extends DrainState {

    private static final VarHandle PENDING = Fields.varHandle(MethodHandles.lookup(), "pending", PendingDelivery.class);
    private static final VarHandle SIZE = Fields.varHandle(MethodHandles.lookup(), "size", int.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        Mailbox linked = new Mailbox(new Counters());
        linked.drop();
        linked.clear();
        linked.resize(1);
    }

    private final Counters counters;
    private volatile @Nullable PendingDelivery pending;
    private volatile int size;
    private volatile boolean hasLost;

    /**
     * Creates an empty mailbox.
     *
     * @param counters counts conflated changes
     */
    public Mailbox(Counters counters) {
        this.counters = counters;
    }

    /** Returns the number of presences with a pending change. Exact unless a change is being added or taken. */
    public int size() {
        return size;
    }

    /** Returns whether each change that was added has been taken, and none was lost. By any thread. */
    public boolean isAllTaken() {
        return size == 0 && !hasLost;
    }

    /** Returns whether nothing is pending and no change was lost. Exact if the dispatcher is the draining thread. */
    public boolean isEmpty() {
        return pending == null && !hasLost;
    }

    /** Enqueues a change whose previous or new state is visible, or unevaluated. */
    public void add(StateChange change, FilterResult before, FilterResult after, @Nullable Cause cause) {
        update(owned -> count(owned.add(change, before, after, cause)));
    }

    /**
     * Enqueues a change as {@link #add} does, and weighs what is pending.
     *
     * @return whether it exceeds the limit, without what the draining thread owns now
     */
    public boolean addWeighed(
            StateChange change,
            FilterResult before,
            FilterResult after,
            @Nullable Cause cause,
            RetentionPolicy policy) {
        boolean[] isExceeded = new boolean[1];
        update(owned -> {
            count(owned.add(change, before, after, cause));
            isExceeded[0] = owned.isOverweight(change, policy);
        });
        return isExceeded[0];
    }

    /**
     * Evaluates unevaluated changes within the budget, until at most {@code maxPending} changes are pending. Removes
     * those that are not visible. Changes that the draining thread owns now are not evaluated.
     */
    public void evaluatePending(int maxPending, DrainContext drain) {
        update(owned -> owned.evaluatePending(maxPending, drain));
    }

    /** Drops what is pending, and enqueues a reset. If this throws, changes count as lost. */
    public void reset() {
        replace(PendingDelivery::reset);
    }

    /** Drops what is pending, including what the draining thread owns now. If this throws, changes count as lost. */
    public void drop() {
        replace(PendingDelivery::drop);
    }

    /* A loss that the draining thread notes while this runs is one of the dropped changes, or is noted again. */
    private void replace(Consumer<PendingDelivery> operation) {
        boolean isDone = false;
        hasLost = false;
        try {
            update(operation);
            isDone = true;
        } finally {
            if (!isDone) {
                hasLost = true;
            }
        }
    }

    /** Notes that a change could not be enqueued: nothing is taken until a {@link #reset} or {@link #drop}. */
    public void lose() {
        hasLost = true;
    }

    /** Enqueues the sync marker, after all that is pending. */
    public void sync(long revision, int syncEpoch) {
        update(owned -> owned.sync(revision, syncEpoch));
    }

    /**
     * Removes what is pending after the last call. By any thread.
     *
     * @return the number of presences with a removed change
     */
    public int clear() {
        PendingDelivery removed = exchange();
        if (removed == null) {
            return 0;
        }
        int changes = removed.size();
        resize(-changes);
        return changes;
    }

    private void update(Consumer<PendingDelivery> operation) {
        PendingDelivery found = exchange();
        PendingDelivery owned = found == null ? new PendingDelivery() : found;
        int before = owned.size();
        try {
            operation.accept(owned);
        } finally {
            resize(owned.size() - before);
            putBack(owned, false);
        }
    }

    /**
     * Takes the content of the next call. If this throws, nothing is taken, unless {@link #hasLost} returns true. Then
     * nothing more is taken: a change must not be delivered after one that was lost.
     *
     * @param maxEvents the number of events that can be taken
     * @param named the one action of the channel, or null
     * @param drain the filter for unevaluated changes
     * @return null if nothing is pending, changes were lost, or the dispatcher owns it and will signal
     */
    public @Nullable ListenerCall take(int maxEvents, @Nullable Action named, DrainContext drain) {
        PendingDelivery owned = hasLost ? null : exchange();
        if (owned == null) {
            return null;
        }
        int before = owned.size();
        try {
            return owned.take(maxEvents, named, drain);
        } finally {
            resize(owned.size() - before);
            putBack(owned, true);
        }
    }

    /* If an Error interrupts the conflation, changes are lost. Only a reset repairs that. */
    private void putBack(PendingDelivery taken, boolean isOlder) {
        PendingDelivery owned = taken;
        boolean isDone = false;
        try {
            while (!owned.isEmpty() && !PENDING.compareAndSet(this, null, owned)) {
                PendingDelivery found = exchange();
                if (found != null) {
                    owned = isOlder ? conflated(owned, found) : conflated(found, owned);
                }
            }
            isDone = true;
        } finally {
            if (!isDone) {
                hasLost = true;
            }
        }
    }

    /**
     * Returns whether an Error has lost changes while they were conflated, since the last {@link #reset} or
     * {@link #drop}. By any thread.
     */
    public boolean hasLost() {
        return hasLost;
    }

    /* If this throws, the changes of both are gone. */
    private PendingDelivery conflated(PendingDelivery older, PendingDelivery newer) {
        int before = older.size() + newer.size();
        int after = 0;
        try {
            older.add(newer, this::count);
            after = older.size();
        } finally {
            resize(after - before);
        }
        return older;
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case CONFLATED -> counters.conflated();
            case CANCELLED_OUT -> counters.cancelledOut();
            case PENDING -> {}
        }
    }

    private @Nullable PendingDelivery exchange() {
        return pending == null ? null : (PendingDelivery) PENDING.getAndSet(this, null);
    }

    private void resize(int by) {
        if (by != 0) {
            SIZE.getAndAdd(this, by);
        }
    }
}
