package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.index.SecondaryIndexes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One life of one presence: how long it lasts, what it says, what the dispatcher has made of that, and its filing in the
 * expiry wheel. All of it is one object, since a million of them are kept and each heartbeat has to come by.
 *
 * <p>Every change of {@code state} is made under this object's monitor, as is the dispatcher's {@link #capture}; the words
 * of the {@link Lease} are raced for without it. The entry is indexed by the values of its state, while it lives, and of the
 * state told last, by whoever changes one of them, under the monitor too.
 *
 * <p>An entry whose life has ended stays in the table as a tombstone until the dispatcher has told its end, or another life of
 * the same id takes its place; that one refers to it until its end is told. It keeps its last state for ever.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except where a member says dispatcher.
 */
public final class Entry extends Lease {

    private static final VarHandle DIRTY;

    static {
        try {
            DIRTY = MethodHandles.lookup().findVarHandle(Entry.class, "dirty", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String id;
    /* Null until the first is published, which is before anybody else gets the monitor. */
    private volatile @Nullable State state;
    /* The life before, if its end may have to be told yet. Written before the entry is in the table, cleared by the dispatcher. */
    private @Nullable Entry earlier;
    /* Guarded by this: why the life has ended, what was done since the last capture, and whether that met it alive. */
    private @Nullable Cause end;
    private byte actions;
    private boolean capturedAlive;
    /* No longer in the table. Written under the monitor. */
    private volatile boolean removed;
    /* True while the entry is in the dirty queue; see DirtyQueue for the order of accesses. */
    @SuppressWarnings("unused") // read through DIRTY
    private volatile boolean dirty;
    /*
     * The state that subscriptions have been told of. Written by the dispatcher, under the monitor if that moves the entry in
     * an index; read by either.
     */
    private @Nullable State dispatched;
    private long dispatchedAt;

    /** Begins a life. Put it in the table, publish its first state and mark it dirty. */
    Entry(String id, long now, long ttl) {
        super(now, ttl);
        this.id = id;
    }

    /** The id of the presence. */
    public String id() {
        return id;
    }

    /** The newest state, alive or not; null if the first is about to be published. */
    @Nullable State state() {
        return state;
    }

    /** The state at {@code now}, or null if the life is over by then; its end is then decided. */
    public @Nullable State live(long now) {
        State seen = state;
        return seen != null && isAlive(now) ? seen : null;
    }

    /** A state of this life, with the end that heartbeats have given it since; allocates only if they have. */
    public State current(State seen) {
        long deadline = deadline();
        return deadline == DEAD ? seen : seen.showing(deadline);
    }

    /** Tells whether it is no longer in the table, so that a writer who has the monitor must start over. */
    boolean isRemoved() {
        return removed;
    }

    /** Puts a state in the place of another, or the first. Call under the monitor. */
    void publish(State next, Action action, SecondaryIndexes<Entry> indexes) {
        State last = state;
        actions |= (byte) Actions.mask(action);
        if (indexes.isSame(last, next)) {
            state = next;
            return;
        }
        indexes.enter(this, next, last, dispatched);
        state = next;
        indexes.leave(this, last, next, dispatched);
    }

    /** Says why the life has ended, whose lease is dead, unless that is known. Call under the monitor. */
    void end(Cause cause, SecondaryIndexes<Entry> indexes) {
        if (end == null) {
            end = cause;
            indexes.leave(this, state, null, dispatched);
        }
    }

    /**
     * Leaves the place in the table to another life, whose first state is to be published. Call under both monitors.
     *
     * <p>If this is in the dirty queue, it stands for the other there. Either the mark is seen to be set, and the
     * dispatcher, which clears it before it looks, sees that this was removed; or it was cleared, and the other queues.
     */
    void giveWayTo(Entry next) {
        removed = true;
        next.dirty = dirty;
        /* What was never captured alive is never told, so that no more than one life waits behind another. */
        next.earlier = capturedAlive ? this : earlier;
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
    synchronized Capture capture(long now, SecondaryIndexes<Entry> indexes) {
        if (!isAlive(now)) {
            end(Cause.EXPIRED, indexes);
        }
        Capture capture = new Capture(earlier, dispatched, state, end, actions);
        earlier = null;
        capturedAlive |= end == null;
        actions = 0;
        return capture;
    }

    /** Marks it as removed. False if it was before. Call under the monitor, after its end has been told. */
    boolean markRemoved() {
        boolean first = !removed;
        removed = true;
        return first;
    }

    /** The life before, if its end may have to be told yet; it is no longer in the table. Dispatcher only. */
    public @Nullable Entry earlier() {
        return earlier;
    }

    /** The state that subscriptions have been told of. Dispatcher only. */
    public @Nullable State dispatched() {
        return dispatched;
    }

    /** The revision at which they were. Dispatcher only. */
    public long dispatchedAt() {
        return dispatchedAt;
    }

    /** Notes what subscriptions have been told of, and at which revision. Dispatcher only. */
    void dispatched(@Nullable State told, long revision, SecondaryIndexes<Entry> indexes) {
        State before = dispatched;
        dispatchedAt = revision;
        /* Then it is all the same to the index, and to a writer, which of them the writer sees. */
        if (indexes.isSame(before, told)) {
            dispatched = told;
        } else {
            repost(before, told, indexes);
        }
    }

    private synchronized void repost(@Nullable State before, @Nullable State told, SecondaryIndexes<Entry> indexes) {
        State present = end == null ? state : null;
        indexes.enter(this, told, before, present);
        dispatched = told;
        indexes.leave(this, before, told, present);
    }
}
