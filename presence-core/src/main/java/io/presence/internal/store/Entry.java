package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.internal.wheel.WheelTimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The place of one presence id in the store: its state now, what the dispatcher has made of it, and its filing in the
 * expiry wheel.
 *
 * <p>Every change of {@code state} is made under this object's monitor, as is the dispatcher's {@link #capture};
 * {@link Lease} words are raced for without it. The entry is indexed by the values of its state and of the state told
 * last, by whoever changes one of them, under the monitor too. An entry whose life has ended stays in the map as a
 * tombstone until the dispatcher has told its end and {@linkplain #detach detaches} it; from then on nobody may write
 * it, and a writer that meets it starts over from the map.
 *
 * <p><b>Threads.</b> Safe for use by any thread, except where a member says dispatcher.
 */
public final class Entry extends WheelTimer {

    private static final VarHandle DIRTY;

    static {
        try {
            DIRTY = MethodHandles.lookup().findVarHandle(Entry.class, "dirty", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String id;
    private volatile @Nullable State state;
    /* Guarded by this: the state of the last capture, and the first end of its life since. */
    private @Nullable State captured;
    private @Nullable Ending ending;
    private byte actions;
    private boolean detached;
    /* True while the entry is in the dirty queue; see DirtyQueue for the order of accesses. */
    @SuppressWarnings("unused") // read through DIRTY
    private volatile boolean dirty;
    /*
     * The state that subscriptions have been told of. Written by the dispatcher, under the monitor if that moves the entry in
     * an index; read by either.
     */
    private @Nullable State dispatched;
    private long dispatchedAt;

    /** Makes an entry without a life. Put it in the map, publish its first state and mark it dirty. */
    Entry(String id) {
        this.id = id;
    }

    /** The id of the presence. */
    public String id() {
        return id;
    }

    @Nullable State state() {
        return state;
    }

    /** The state at {@code now}, or null if it is dead by then; its end is then decided. */
    public @Nullable State live(long now) {
        while (true) {
            State seen = state;
            if (seen == null || seen.lease().isAlive(now)) {
                return seen;
            }
            /* Dead for good, unless a writer has meanwhile put a new life or lease in its place. */
            if (state == seen) {
                return null;
            }
        }
    }

    /** Tells whether a writer must start over from the map. Call under the monitor. */
    boolean isDetached() {
        return detached;
    }

    /** The live state, or null after having ended a life that was over. Call under the monitor. */
    @Nullable State livingOrEnd(long now, SecondaryIndexes<Entry> indexes) {
        State seen = state;
        if (seen != null && !seen.lease().isAlive(now)) {
            end(seen, Cause.EXPIRED, indexes);
            return null;
        }
        return seen;
    }

    /** Puts a state in the place of another, or begins a life. Call under the monitor. */
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

    /** Ends the life of {@code last}, whose lease is dead. Call under the monitor. */
    void end(State last, Cause cause, SecondaryIndexes<Entry> indexes) {
        State told = captured;
        if (told != null && told.incarnation() == last.incarnation()) {
            ending = new Ending(last, cause, actions);
        }
        actions = 0;
        state = null;
        indexes.leave(this, last, null, dispatched);
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
        State to = livingOrEnd(now, indexes);
        Capture capture = new Capture(captured, ending, to, actions);
        captured = to;
        ending = null;
        actions = 0;
        return capture;
    }

    /** Forbids further writes if there is no life and nothing left to tell. Dispatcher only. */
    synchronized boolean detach() {
        detached = state == null && captured == null;
        return detached;
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
        indexes.enter(this, told, before, state);
        dispatched = told;
        indexes.leave(this, before, told, state);
    }
}
