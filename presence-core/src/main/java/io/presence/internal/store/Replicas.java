package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The presences of other nodes in a table. They have no deadline here, and count against no limit of the store. A write
 * of this node can take one over at any time.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public final class Replicas {

    /** The time of the last heartbeat of a presence whose owner has not said it. */
    public static final long UNKNOWN = -1;

    private final EntryTable entries;
    private final TableChanges changes;
    private final CapacityLimits capacity;
    private final DirtyQueue dirty;
    private final Clocks clocks;

    Replicas(EntryTable entries, TableChanges changes, CapacityLimits capacity, DirtyQueue dirty, Clocks clocks) {
        this.entries = entries;
        this.changes = changes;
        this.capacity = capacity;
        this.dirty = dirty;
        this.clocks = clocks;
    }

    /**
     * Shows a state of another node.
     *
     * @param state a state of {@link PresenceState#remote}
     * @param isHandedOver whether an own presence of that id gives way to it; otherwise nothing happens if there is one
     * @param cause the cause of the end of the presence that is shown now, if another user has that
     * @return false if there is an own presence that does not give way
     */
    public boolean show(PresenceState state, Action action, boolean isHandedOver, Cause cause) {
        while (true) {
            long now = clocks.now();
            Entry entry = entries.get(state.id());
            if (entry == null) {
                if (changes.add(Entry.remote(state.id(), now), state, now, null)) {
                    return true;
                }
                continue;
            }
            synchronized (entry) {
                if (!entry.isRemoved()) {
                    endOfOtherUser(entry, state, cause, now);
                }
                if (!entry.isRemoved()) {
                    return show(entry, state, action, isHandedOver, now);
                }
            }
        }
    }

    private boolean show(Entry entry, PresenceState state, Action action, boolean isHandedOver, long now) {
        PresenceState old = entry.liveState(now);
        if (old == null || (!entry.isRemote() && isHandedOver && !handOver(entry, now))) {
            changes.succeed(entry, Entry.remote(entry.id(), now), state, now, null);
            return true;
        }
        if (!entry.isRemote()) {
            return false;
        }
        publish(entry, old, state, action, now);
        return true;
    }

    private void endOfOtherUser(Entry entry, PresenceState state, Cause cause, long now) {
        PresenceState old = entry.liveState(now);
        if (old != null && entry.isRemote() && !old.userId().equals(state.userId())) {
            changes.delete(entry, now, Ending.of(cause, true));
        }
    }

    /* False if it has ended. */
    private boolean handOver(Entry entry, long now) {
        Holding former = entry.holding();
        entry.setHolding(Replica.INSTANCE);
        entry.fence();
        if (!entry.renew(now, Lease.REMOTE - now)) {
            entry.setHolding(former);
            return false;
        }
        entry.handOver(capacity);
        dirty.add(entry, now);
        return true;
    }

    private void publish(Entry entry, PresenceState old, PresenceState state, Action action, long now) {
        PresenceState next = state.inEpochOf(entry.word());
        if (old == next || (PresenceState.isSameWrite(old, next) && old.equals(next))) {
            return;
        }
        changes.publish(entry, next, now, 0, action, null);
        try {
            /* The time from which the last heartbeat is reckoned, if the end says nothing of it. */
            entry.renew(now, Lease.REMOTE - now);
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Ends the presence of another node. Does nothing if there is none, or if this node has taken it over.
     *
     * @param ago nanoseconds since the end
     * @param since nanoseconds from the last heartbeat to the end, or {@link #UNKNOWN}: it is then that of the last
     *     change that was shown
     */
    public void end(String id, Cause cause, long ago, long since) {
        Entry entry = entries.get(id);
        if (entry != null) {
            synchronized (entry) {
                if (!entry.isRemoved() && entry.isRemote()) {
                    long endedAt = Math.max(0, clocks.now() - ago);
                    if (changes.delete(entry, endedAt, Ending.of(cause, true)) && since != UNKNOWN) {
                        entry.recordLastSeen(endedAt - since);
                    }
                }
            }
        }
    }

    /** Ends an own presence, for a cause that lies in another node. Does nothing if there is none. */
    public void endOwn(String id, Cause cause) {
        Entry entry = entries.get(id);
        if (entry != null) {
            synchronized (entry) {
                long now = clocks.now();
                if (!entry.isRemoved() && entry.holding() != Replica.INSTANCE && entry.isAlive(now)) {
                    changes.delete(entry, now, Ending.of(cause, false));
                }
            }
        }
    }

    /** Returns the live own state of an id, or null. */
    public @Nullable PresenceState own(String id) {
        Entry entry = entries.get(id);
        if (entry == null || entry.isRemote()) {
            return null;
        }
        return entry.liveState(clocks.now());
    }
}
