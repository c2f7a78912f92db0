package io.presence.internal.store;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.index.SecondaryIndexes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One life of one presence: how long it lasts, what it says, what the dispatcher has made of that, and its filing in
 * the expiry wheel. All of it is one object, since a million of them are kept and each heartbeat has to come by.
 *
 * <p>Every change of {@code state} is made under this object's monitor, as is the dispatcher's {@link #capture}; the
 * words of the {@link Lease} are raced for without it. The entry is indexed by the values of its state, while it lives,
 * and of the state told last, by whoever changes one of them, under the monitor too.
 *
 * <p>An entry whose life has ended stays in the table as a tombstone until the dispatcher has told its end, or another
 * life of the same id takes its place; that one refers to it until its end is told. Then it lets go of its state: the
 * wheel may refer to it until its deadline.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except where a member says dispatcher.
 */
public final class Entry extends CapacityClaim {

    private static final VarHandle DIRTY;

    static {
        try {
            DIRTY = MethodHandles.lookup().findVarHandle(Entry.class, "dirty", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String id;
    /*
     * Null until the first is published, which is before another thread gets the monitor, and after the end is
     * dispatched.
     */
    private volatile @Nullable PresenceState state;
    /*
     * The life before, if its end may have to be told yet. Written before the entry is in the table, cleared by the
     * dispatcher.
     */
    private @Nullable Entry predecessor;
    /* Guarded by this: why the life has ended, and what was done since the last capture. */
    private @Nullable Cause end;
    private byte actions;
    /* No longer in the table. Written under the monitor. */
    private volatile boolean removed;
    /* True while the entry is in the dirty queue; see DirtyQueue for the order of accesses. */
    @SuppressWarnings("unused") // read through DIRTY
    private volatile boolean dirty;
    /*
     * The state that subscriptions have been told of. Written by the dispatcher, under the monitor if that moves the
     * entry in an index; read by either.
     */
    private @Nullable PresenceState dispatched;
    private long dispatchedRevision;

    /** Begins a life. Put it in the table, publish its first state and mark it dirty. */
    Entry(String id, long now, long ttl) {
        super(now, ttl);
        this.id = id;
    }

    /** The id of the presence. */
    public String id() {
        return id;
    }

    @Override
    @Nullable String owner() {
        PresenceState seen = state;
        return seen == null ? null : seen.userId();
    }

    /** The newest state, alive or not; null if the first is about to be published, or the end has been dispatched. */
    @Nullable PresenceState state() {
        return state;
    }

    /** The state at {@code now}, or null if the life is over by then; its end is then decided. */
    public @Nullable PresenceState liveState(long now) {
        PresenceState seen = state;
        if (seen == null) {
            return null;
        }
        advanceEpoch(seen.word());
        return isAlive(now) ? seen : null;
    }

    /**
     * A state of this life, with the lease as it is since. Allocates, and reads the clocks, only if that has moved. A
     * clock that fails does not fail this.
     */
    PresenceState current(PresenceState seen, Clocks clocks) {
        long word = word();
        long given = ttl();
        if (isEnded(word) || seen.reflects(word, given)) {
            return seen;
        }
        return seen.withLease(word, given, clocks.nowOrNever(), clocks.shift());
    }

    /** As {@link #current(PresenceState, Clocks)}, by readings of the clocks that were made before. */
    PresenceState current(PresenceState seen, long now, long shift) {
        long word = word();
        return isEnded(word) ? seen : seen.withLease(word, ttl(), now, shift);
    }

    /** Tells whether it is no longer in the table, so that a writer who has the monitor must start over. */
    boolean isRemoved() {
        return removed;
    }

    /** Publishes the first state. Call under the monitor. If this throws, nothing is published. */
    void begin(PresenceState first, SecondaryIndexes<Entry> indexes) {
        try {
            indexes.addPostings(this, first, null, null);
            actions = (byte) ActionSet.mask(Action.UPSERT);
            state = first;
        } catch (Throwable t) {
            indexes.removePostings(this, first, null, null);
            throw t;
        }
    }

    /**
     * Puts a state in the place of another. Call under the monitor. If this throws, either state is there, as all else.
     *
     * @param ttl the lifetime from {@code now} on, which the state shows; or 0 if it shows the present one
     * @return false if the life is over, and nothing is published
     */
    boolean publish(PresenceState next, long now, long ttl, Action action, SecondaryIndexes<Entry> indexes) {
        PresenceState last = requireNonNull(state);
        boolean isPosted = indexes.isSame(last, next);
        int mask = ActionSet.mask(action);
        try {
            if (!isPosted) {
                indexes.addPostings(this, next, last, dispatched);
            }
            boolean lives = ttl == 0 || extend(last, next, now, ttl);
            if (lives) {
                actions |= (byte) mask;
                state = next;
                advanceEpoch(next.word());
            }
            if (!isPosted) {
                removeStalePostings(last, next, indexes);
            }
            return lives;
        } catch (Throwable t) {
            repair(last, next, indexes);
            throw t;
        }
    }

    private boolean extend(PresenceState last, PresenceState next, long now, long ttl) {
        return isSameEpoch(last.word(), next.word()) ? renew(now, ttl) : extendAtLeast(now, ttl);
    }

    /** Leaves the postings of that one of two states which is not, or no longer, the present one. */
    private void removeStalePostings(PresenceState last, PresenceState next, SecondaryIndexes<Entry> indexes) {
        boolean published = state == next;
        indexes.removePostings(this, published ? last : next, published ? next : last, dispatched);
    }

    private void repair(PresenceState last, PresenceState next, SecondaryIndexes<Entry> indexes) {
        if (state == next) {
            advanceEpoch(next.word());
        }
        removeStalePostings(last, next, indexes);
    }

    /**
     * Ends the life before its deadline. Call under the monitor.
     *
     * @return false if it was over at {@code now}
     */
    boolean delete(long now, CapacityLimits places, SecondaryIndexes<Entry> indexes) {
        boolean wasAlive = terminate(now);
        if (end == null) {
            end(wasAlive ? Cause.DELETED : Cause.EXPIRED, places, indexes);
        }
        return wasAlive;
    }

    /** Says why the life has ended, whose lease is dead, unless that is known. Call under the monitor. */
    void end(Cause cause, CapacityLimits places, SecondaryIndexes<Entry> indexes) {
        if (end != null) {
            return;
        }
        releaseLive(places);
        end = cause;
        try {
            indexes.removePostings(this, state, null, dispatched);
        } catch (Throwable t) {
            /* For letGo, since the end stands. */
            set(INDEXED);
        }
    }

    /** Tells whether no capture has anything of it to tell, ever. Call under the monitor, after the end. */
    boolean isUncaptured() {
        return !has(CAPTURED_ALIVE) && predecessor == null && dispatched == null;
    }

    /**
     * Leaves the place in the table to another life, whose first state is to be published. Call under both monitors.
     *
     * <p>If this is in the dirty queue, it stands for the other there. Either the mark is seen to be set, and the
     * dispatcher, which clears it before it looks, sees that this was removed; or it was cleared, and the other queues.
     */
    void supersedeBy(Entry next) {
        removed = true;
        next.dirty = dirty;
        /* What was never captured alive is never told, so that no more than one life waits behind another. */
        next.predecessor = has(CAPTURED_ALIVE) ? this : predecessor;
    }

    /** Takes back the place from another life, of which no state was published. Call under both monitors. */
    void restoreOver(Entry next, CapacityLimits places, @Nullable UserClaim claim) {
        next.returnTo(this, places, claim);
        next.removed = true;
        removed = false;
    }

    /**
     * Lets go of the state, which is not to be told any more. Call under the monitor, once it is out of the table. May
     * be called again.
     */
    void clearState(SecondaryIndexes<Entry> indexes) {
        if (has(INDEXED)) {
            indexes.removePostings(this, state, null, dispatched);
            clear(INDEXED);
        }
        state = null;
    }

    /** Tells whether it is marked. */
    boolean isDirty() {
        return dirty;
    }

    /** Sets the mark of what may not be in the dirty queue. */
    void setDirty() {
        dirty = true;
    }

    /** Sets the mark. False if the entry is in the dirty queue already. */
    boolean markDirty() {
        return !(boolean) DIRTY.getAndSet(this, true);
    }

    /** Clears the mark. Dispatcher only, before {@link #capture}. */
    void clearDirty() {
        dirty = false;
    }

    /**
     * Takes what happened since the last capture, ending a life that is over. Dispatcher only.
     *
     * @param now the cycle's reading of the clock
     */
    synchronized CapturedChange capture(long now, CapacityLimits places, SecondaryIndexes<Entry> indexes) {
        if (!isAlive(now)) {
            end(Cause.EXPIRED, places, indexes);
        }
        CapturedChange capture = new CapturedChange(predecessor, dispatched, state, end, actions);
        if (end == null) {
            set(CAPTURED_ALIVE);
        }
        predecessor = null;
        actions = 0;
        return capture;
    }

    /** Marks it as removed from the table. Call under the monitor. */
    void markRemoved() {
        removed = true;
    }

    /** The life before, if its end may have to be told yet; it is no longer in the table. Dispatcher only. */
    public @Nullable Entry predecessor() {
        return predecessor;
    }

    /** The state that subscriptions have been told of. Dispatcher only. */
    public @Nullable PresenceState dispatched() {
        return dispatched;
    }

    /** The revision at which they were. Dispatcher only. */
    public long dispatchedRevision() {
        return dispatchedRevision;
    }

    /** Notes what subscriptions have been told of, and at which revision, whatever is thrown. Dispatcher only. */
    void dispatched(@Nullable PresenceState told, long revision, SecondaryIndexes<Entry> indexes) {
        PresenceState before = dispatched;
        dispatchedRevision = revision;
        try {
            /* Then it is all the same to the index, and to a writer, which of them the writer sees. */
            if (indexes.isSame(before, told)) {
                dispatched = told;
            } else {
                reindex(before, told, indexes);
            }
        } catch (Throwable t) {
            /* Once more, which does what is left to do. */
            reindex(before, told, indexes);
        }
    }

    private synchronized void reindex(
            @Nullable PresenceState before, @Nullable PresenceState told, SecondaryIndexes<Entry> indexes) {
        PresenceState present = end == null ? state : null;
        try {
            indexes.addPostings(this, told, before, present);
        } finally {
            dispatched = told;
        }
        indexes.removePostings(this, before, told, present);
    }
}
