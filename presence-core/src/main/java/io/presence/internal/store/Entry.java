package io.presence.internal.store;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent.Action;
import io.presence.internal.index.SecondaryIndexes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one incarnation of a presence: its lease, its current state, the state dispatched last and its timer.
 * All of it is one object, because a store holds a million of them and each heartbeat reads one.
 *
 * <p>Every change of {@code state} is made under this object's monitor, as is the dispatcher's {@link #capture}. The
 * word of the {@link Lease} is changed without it. An entry is indexed by the values of its state, while it is alive,
 * and by those of the state dispatched last. The thread that changes one of them updates the indexes, under the
 * monitor.
 *
 * <p>An entry that has ended stays in the table as a tombstone until the dispatcher has dispatched its end or a
 * successor replaces it. The successor refers to it until its end is dispatched. Then its state is cleared, because
 * the timer wheel may refer to the entry until its deadline.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except for the members that are documented as dispatcher only.
 */
public final class Entry extends CapacityClaim {

    private static final VarHandle DIRTY = Fields.varHandle(MethodHandles.lookup(), "dirty", boolean.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        Entry linked = new Entry("", 0, 1, null);
        if (linked.markDirty() && !linked.isChangingEpoch()) {
            linked.fence();
            linked.startEpochChange();
            linked.endEpochChange();
        }
    }

    private final String id;
    /*
     * Null before the first is published, which is before another thread gets the monitor, and after the end is
     * dispatched.
     */
    private volatile @Nullable PresenceState state;
    /*
     * The predecessor, an Entry, until the first capture, if its end may be undispatched. Then the state dispatched
     * last, a PresenceState, once there is one. An entry never has both, so they share a field.
     *
     * The predecessor is written before the entry is in the table, and cleared by the dispatcher. The state is written
     * by the dispatcher, under the monitor if that changes postings; read by the dispatcher and by writers.
     */
    private @Nullable Object former;
    /*
     * The sessions that hold it, or its end; null while it is alive and not held. Written under the monitor. Read
     * without it by heartbeats of sessions, and by readers for the time of the last heartbeat.
     */
    private volatile @Nullable Holding holding;
    /* Guarded by this: the actions since the last capture. */
    private byte actions;
    /* True once the entry is no longer in the table. Written under the monitor. */
    private volatile boolean removed;
    /* True while the entry is in the dirty queue; see DirtyQueue for the order of accesses. */
    @SuppressWarnings("unused") // read through DIRTY
    private volatile boolean dirty;
    /* The revision of the change dispatched last. Dispatcher only. */
    private long dispatchedRevision;

    /**
     * Creates the entry of a new incarnation. The caller puts it in the table, publishes its first state and marks it
     * dirty.
     *
     * @param hold the hold of the session that writes, or null
     */
    Entry(String id, long now, long ttl, @Nullable Hold hold) {
        super(now, ttl);
        this.id = id;
        if (hold != null) {
            holding = hold;
        }
    }

    /** Creates the entry of a presence that another node owns. */
    static Entry remote(String id, long now) {
        Entry entry = new Entry(id, now, REMOTE - now, null);
        entry.holding = Replica.INSTANCE;
        return entry;
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

    @Override
    boolean isPublished(long stateWord) {
        PresenceState seen = state;
        return seen != null && seen.word() == stateWord;
    }

    /** The newest state, live or not; null before the first is published and after the end has been dispatched. */
    @Nullable PresenceState state() {
        return state;
    }

    /** The state at {@code now}, or null if the incarnation has ended by then; its end is then final. */
    public @Nullable PresenceState liveState(long now) {
        PresenceState seen = state;
        if (seen == null) {
            return null;
        }
        advanceEpoch(seen.word());
        return isAlive(now) ? seen : null;
    }

    /** The deadline, or the time of the next rung of its idle ladder if that is earlier; negative if it has ended. */
    public long dueAt() {
        long due = deadline();
        PresenceState seen = state;
        return seen == null || due == REMOTE ? due : Math.min(due, seen.nextRungAt());
    }

    /**
     * The deadline, also if a reader or a heartbeat has found that it has passed; negative once an end is recorded.
     */
    public long expiry() {
        long due = deadline();
        if (due > 0) {
            return due;
        }
        synchronized (this) {
            return holding instanceof Ending ? due : endedAt();
        }
    }

    /**
     * A state of this incarnation with the current lease. Allocates and reads the clocks only if the lease has
     * changed. A clock that fails does not make this fail.
     */
    PresenceState current(PresenceState seen, Clocks clocks) {
        long word = word();
        long given = sinceLastSeen(word);
        if (isEnded(word) || isRemote(word) || seen.reflects(word, given)) {
            return seen;
        }
        return seen.withLease(word, given, clocks.nowOrNever(), clocks.shift());
    }

    /** As {@link #current(PresenceState, Clocks)}, with earlier readings of the clocks. */
    PresenceState current(PresenceState seen, long now, long shift) {
        long word = word();
        return isEnded(word) || isRemote(word) ? seen : seen.withLease(word, sinceLastSeen(word), now, shift);
    }

    /* The time from the last heartbeat to the deadline in the word: the TTL, except in a grace. */
    private long sinceLastSeen(long word) {
        return holding instanceof Grace grace && grace.deadline == deadline(word)
                ? grace.deadline - grace.lastSeen
                : ttl();
    }

    /** The holders or the end; null if it is alive and not held. */
    @Nullable Holding holding() {
        return holding;
    }

    /** Replaces the holders. Call under the monitor, while it is alive. */
    void setHolding(@Nullable Holding next) {
        holding = next;
    }

    /** Returns whether a hold is valid. If it is not, a write that is not complete may be undone. */
    boolean isHeldBy(Hold hold) {
        Holding seen = holding;
        return seen == hold || (seen != null && seen.contains(hold));
    }

    /** The valid hold of a session, or null. Call under the monitor. */
    @Nullable Hold holdOf(SessionHolds session) {
        Holding seen = holding;
        return seen == null ? null : seen.of(session);
    }

    /** Returns whether it is no longer in the table. A writer that has the monitor must then start again. */
    boolean isRemoved() {
        return removed;
    }

    /** Publishes the first state. Call under the monitor. If this throws, nothing is published. */
    void publishFirst(PresenceState first, SecondaryIndexes<Entry> indexes) {
        try {
            indexes.addPostings(this, first, null, null);
            actions = (byte) ActionSet.mask(Action.UPSERT);
            state = first;
            if (holding instanceof Hold hold) {
                hold.entry = this;
            }
        } catch (Throwable t) {
            indexes.removePostings(this, first, null, null);
            throw t;
        }
    }

    /**
     * Replaces the state. Call under the monitor. If this throws, either state is published, and the postings agree
     * with it.
     *
     * @param ttl the TTL from {@code now}, which {@code next} shows; or 0 if it shows the present lease
     * @return false if the incarnation has ended, and nothing is published
     */
    boolean publish(PresenceState next, long now, long ttl, Action action, SecondaryIndexes<Entry> indexes) {
        PresenceState last = requireNonNull(state);
        boolean isPosted = indexes.isSame(last, next);
        int mask = ActionSet.mask(action);
        boolean startsEpoch = !isSameEpoch(last.word(), next.word());
        try {
            if (!isPosted) {
                indexes.addPostings(this, next, last, dispatched());
            }
            if (startsEpoch) {
                startEpochChange();
            }
            boolean isAlive = ttl == 0 || (startsEpoch ? extendAtLeast(now, ttl) : renew(now, ttl));
            if (isAlive) {
                actions |= (byte) mask;
                state = next;
                advanceEpoch(next.word());
            }
            endEpochChange();
            if (!isPosted) {
                removeStalePostings(last, next, indexes);
            }
            return isAlive;
        } catch (Throwable t) {
            repair(last, next, indexes);
            throw t;
        }
    }

    /**
     * Returns the word of a state, by which a heartbeat that the state permits can {@link #extend} the lease. The state
     * itself, which is one more cache miss, is read only while a write changes the epoch.
     *
     * @param word the word, read before the state
     */
    long permitting(PresenceState seen, long word) {
        return isChangingEpoch() ? seen.word() : word;
    }

    /** Removes the postings of the state, of the two, that is not published. */
    private void removeStalePostings(PresenceState last, PresenceState next, SecondaryIndexes<Entry> indexes) {
        boolean published = state == next;
        indexes.removePostings(this, published ? last : next, published ? next : last, dispatched());
    }

    private void repair(PresenceState last, PresenceState next, SecondaryIndexes<Entry> indexes) {
        if (state == next) {
            advanceEpoch(next.word());
        }
        removeStalePostings(last, next, indexes);
        endEpochChange();
    }

    /**
     * Ends the incarnation before its deadline. Call under the monitor.
     *
     * @param ending the end to record if it is alive
     * @return false if it had ended by {@code now}
     */
    boolean delete(long now, Ending ending, CapacityLimits capacity, SecondaryIndexes<Entry> indexes) {
        Grace grace = holding instanceof Grace pending && pending.deadline == deadline() ? pending : null;
        boolean wasAlive = terminate(now);
        if (wasAlive && grace != null) {
            recordLastSeen(grace.lastSeen);
        }
        end(wasAlive ? ending : Ending.EXPIRED, capacity, indexes);
        return wasAlive;
    }

    /**
     * Records the end, unless one is recorded. An expiry at the end of a grace is recorded as a disconnect. Call under
     * the monitor, once the lease has ended.
     */
    void end(Ending ending, CapacityLimits capacity, SecondaryIndexes<Entry> indexes) {
        Holding held = holding;
        if (held instanceof Ending) {
            return;
        }
        releaseLive(capacity);
        if (ending == Ending.EXPIRED && held instanceof Grace grace && grace.deadline == endedAt()) {
            recordLastSeen(grace.lastSeen);
            holding = Ending.DISCONNECTED;
        } else {
            holding = ending;
        }
        try {
            indexes.removePostings(this, state, null, dispatched());
        } catch (Throwable t) {
            /* The end is recorded already; clearState removes the postings. */
            set(INDEXED);
        }
    }

    /** Returns whether no capture of it will have anything to dispatch. Call under the monitor, after the end. */
    boolean isUncaptured() {
        return !has(CAPTURED_ALIVE) && former == null;
    }

    /**
     * Makes another entry, whose first state is about to be published, the successor in the table. Call under both
     * monitors.
     *
     * <p>If this entry is already queued, its queue slot also covers the successor. The dispatcher clears the dirty
     * flag before it reads {@code removed}. So if the flag is still set when this method reads it, the dispatcher will
     * see that this entry is removed, and will go to the successor. If the flag is clear, the successor itself is put
     * in the queue.
     */
    void supersedeBy(Entry next) {
        removed = true;
        next.dirty = dirty;
        /* An end that was never captured alive is not dispatched, so at most one predecessor is pending. */
        next.former = has(CAPTURED_ALIVE) ? this : predecessor();
    }

    /** Undoes {@link #supersedeBy} for a successor that published no state. Call under both monitors. */
    void restoreFrom(Entry next, CapacityLimits capacity, @Nullable UserClaim claim) {
        next.returnTo(this, capacity, claim);
        next.removed = true;
        removed = false;
    }

    /**
     * Clears the state, which will not be dispatched again. Call under the monitor, once the entry is out of the
     * table. Idempotent.
     */
    void clearState(SecondaryIndexes<Entry> indexes) {
        if (has(INDEXED)) {
            indexes.removePostings(this, state, null, dispatched());
            clear(INDEXED);
        }
        state = null;
    }

    /** Returns whether the dirty flag is set. */
    boolean isDirty() {
        return dirty;
    }

    /** Sets the dirty flag of an entry that may not be in the dirty queue. */
    void setDirty() {
        dirty = true;
    }

    /** Sets the dirty flag. False if it is set already. */
    boolean markDirty() {
        return !(boolean) DIRTY.getAndSet(this, true);
    }

    /** Clears the dirty flag. Dispatcher only, before {@link #capture}. */
    void clearDirty() {
        dirty = false;
    }

    /**
     * Captures the change since the last capture, and ends the incarnation if its deadline has passed. Dispatcher
     * only.
     *
     * @param now the cycle's reading of the clock
     * @param change receives the change
     */
    synchronized void capture(
            long now, CapacityLimits capacity, SecondaryIndexes<Entry> indexes, CapturedChange change) {
        if (!isAlive(now)) {
            end(Ending.EXPIRED, capacity, indexes);
        }
        Ending end = holding instanceof Ending ending ? ending : null;
        boolean isRemote = end == null ? isRemote() : end.isRemote();
        PresenceState from = dispatched();
        change.set(from, state, end == null ? null : end.cause(), actions, isRemote);
        if (end == null) {
            set(CAPTURED_ALIVE);
        }
        former = from;
        actions = 0;
    }

    /** Marks it as removed from the table. Call under the monitor. */
    void markRemoved() {
        removed = true;
    }

    /** The predecessor, until this entry is captured. It is no longer in the table. Dispatcher only. */
    public @Nullable Entry predecessor() {
        return former instanceof Entry predecessor ? predecessor : null;
    }

    /** Returns whether its end is dispatched and its state cleared. Dispatcher only. */
    public boolean isReleased() {
        return state == null;
    }

    /** The state dispatched last. Dispatcher only. */
    public @Nullable PresenceState dispatched() {
        return former instanceof PresenceState dispatched ? dispatched : null;
    }

    /** The revision of the change dispatched last. Dispatcher only. */
    public long dispatchedRevision() {
        return dispatchedRevision;
    }

    /** Records the dispatched state and its revision, whatever is thrown. Dispatcher only. */
    void recordDispatched(@Nullable PresenceState next, long revision, SecondaryIndexes<Entry> indexes) {
        PresenceState before = dispatched();
        dispatchedRevision = revision;
        try {
            /* The postings are the same, so a concurrent writer can read either. */
            if (indexes.isSame(before, next)) {
                former = next;
            } else {
                reindex(before, next, indexes);
            }
        } catch (Throwable t) {
            /* Idempotent: a second call does the rest. */
            reindex(before, next, indexes);
        }
    }

    private synchronized void reindex(
            @Nullable PresenceState before, @Nullable PresenceState next, SecondaryIndexes<Entry> indexes) {
        PresenceState present = holding instanceof Ending && !has(INDEXED) ? null : state;
        try {
            indexes.addPostings(this, next, before, present);
        } finally {
            former = next;
        }
        indexes.removePostings(this, before, next, present);
    }
}
