package io.presence.internal.delivery;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.delivery.ConflatedChanges.Outcome;
import io.presence.internal.stats.Counters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the dispatcher leaves what a subscription has yet to be told, and whoever has the turn takes it out. The turns
 * are its own, and one object with it, since there are as many as subscriptions.
 *
 * <p>What waits is one object in one reference. Who wants to change it takes it away by an atomic exchange, and puts it
 * back; who finds nothing there goes on without it: the dispatcher with a new one, the taker with nothing to do. What
 * the other has put there meanwhile is merged when it is put back. So neither ever waits for the other, and what has
 * not been taken is in one place, except while somebody holds it.
 *
 * <p><b>Order.</b> The taker never adds, so what it holds is older than what it finds when it puts it back; for the
 * dispatcher it is newer.
 *
 * <p><b>Threads.</b> {@link #take} by who has the turn, {@link #size} by any, the rest by the dispatcher. Lock-free.
 */
final class Mailbox extends DrainState {

    private static final VarHandle WAITING;
    private static final VarHandle SIZE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAITING = lookup.findVarHandle(Mailbox.class, "waiting", PendingDelivery.class);
            SIZE = lookup.findVarHandle(Mailbox.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Counters counters;
    private volatile @Nullable PendingDelivery waiting;
    private volatile int size;
    private volatile boolean hasLost;

    /**
     * Makes an empty mailbox.
     *
     * @param counters where merged changes are counted
     */
    public Mailbox(Counters counters) {
        this.counters = counters;
    }

    /** How many presences something waits of. Exact but for what is being added or taken. */
    public int size() {
        return size;
    }

    /** Tells whether nothing waits, for a dispatcher that itself takes. */
    public boolean isEmpty() {
        return waiting == null;
    }

    /** Leaves a step of a presence that the subscription sees, or may see, before or after it. */
    public void add(StateChange step, FilterResult before, FilterResult after, @Nullable Cause cause) {
        change(held -> count(held.add(step, before, after, cause)));
    }

    /**
     * Leaves a step as {@link #add} does, and weighs it.
     *
     * @return whether more is pending than may be kept, except what the draining thread holds right now
     */
    public boolean addWeighed(
            StateChange step, FilterResult before, FilterResult after, @Nullable Cause cause, RetentionPolicy keeping) {
        boolean[] isExceeded = new boolean[1];
        change(held -> {
            count(held.add(step, before, after, cause));
            isExceeded[0] = held.isExceededBy(step, keeping);
        });
        return isExceeded[0];
    }

    /**
     * Decides changes that were left open until at most some changes are pending, as far as the allowance of the caller
     * reaches, except those that the draining thread holds right now. Removes those of which there is nothing to
     * deliver.
     */
    public void evaluateOpen(int most, DrainContext drain) {
        change(held -> held.evaluateOpen(most, drain));
    }

    /** Forgets what waits, and leaves word that the listener must start over. */
    public void reset() {
        hasLost = false;
        change(PendingDelivery::reset);
    }

    /** Forgets what waits, even what is being put back. */
    public void drop() {
        hasLost = false;
        change(PendingDelivery::drop);
    }

    /** Leaves word that the listener is in sync when all that waits is told. */
    public void sync(long revision, int join) {
        change(held -> held.sync(revision, join));
    }

    /**
     * Removes what is pending, since nothing will be taken any more. By any thread.
     *
     * @return the number of presences of which a change was pending
     */
    public int clear() {
        PendingDelivery gone = exchange();
        if (gone == null) {
            return 0;
        }
        int changes = gone.size();
        resize(-changes);
        return changes;
    }

    private void change(Consumer<PendingDelivery> change) {
        PendingDelivery found = exchange();
        PendingDelivery held = found == null ? new PendingDelivery() : found;
        int before = held.size();
        try {
            change.accept(held);
        } finally {
            resize(held.size() - before);
            putBack(held, false);
        }
    }

    /**
     * Takes what the next call is to tell.
     *
     * @param most the number of events that may be taken
     * @param named the one action of the channel, or null
     * @param drain decides what is open
     * <p>If an Error prevents it, nothing is taken, unless {@link #hasLost} says otherwise.
     *
     * @return null if there is nothing, or the dispatcher holds it and will signal
     */
    public @Nullable ListenerCall take(int most, @Nullable Action named, DrainContext drain) {
        PendingDelivery held = exchange();
        if (held == null) {
            return null;
        }
        int before = held.size();
        try {
            return held.take(most, named, drain);
        } finally {
            resize(held.size() - before);
            putBack(held, true);
        }
    }

    /* A change that is not added completely is counted as lost: only starting over can put that right. */
    private void putBack(PendingDelivery taken, boolean isOlder) {
        PendingDelivery held = taken;
        boolean isDone = false;
        try {
            while (!held.isEmpty() && !WAITING.compareAndSet(this, null, held)) {
                PendingDelivery found = exchange();
                if (found != null) {
                    held = isOlder ? combined(held, found) : combined(found, held);
                }
            }
            isDone = true;
        } finally {
            hasLost |= !isDone;
        }
    }

    /**
     * Tells whether changes were lost, by an Error while they were merged, since the last {@link #reset} or
     * {@link #drop}. By any thread.
     */
    public boolean hasLost() {
        return hasLost;
    }

    private PendingDelivery combined(PendingDelivery older, PendingDelivery newer) {
        int before = older.size() + newer.size();
        older.add(newer, this::count);
        resize(older.size() - before);
        return older;
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case MERGED -> counters.conflated();
            case ANNIHILATED -> counters.cancelledOut();
            case WAITS -> {}
        }
    }

    private @Nullable PendingDelivery exchange() {
        return waiting == null ? null : (PendingDelivery) WAITING.getAndSet(this, null);
    }

    private void resize(int by) {
        if (by != 0) {
            SIZE.getAndAdd(this, by);
        }
    }
}
