package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.index.SecondaryIndexes;
import org.jspecify.annotations.Nullable;

/**
 * The effects of writes and of dispatching on entries: on the table, the places, the secondary indexes and the dirty
 * queue.
 *
 * <p><b>Errors.</b> Each change either happens or does not, whatever is thrown within it, by lack of memory or stack as
 * well. What allocates comes before the first effect; what can fail after that is undone or repeated by a
 * {@code catch}, and the dispatcher is sent to look at the entry. A change that happened is dispatched, even if its
 * writer got an error.
 *
 * <p><b>Threads.</b> Safe for use by any thread, under the monitors that a member names.
 */
final class TableChanges {

    private final EntryTable entries;
    private final CapacityLimits capacity;
    private final SecondaryIndexes<Entry> indexes;
    private final DirtyQueue dirty;

    TableChanges(EntryTable entries, CapacityLimits places, SecondaryIndexes<Entry> indexes, DirtyQueue dirty) {
        this.entries = entries;
        this.capacity = places;
        this.indexes = indexes;
        this.dirty = dirty;
    }

    /**
     * Begins the first life of an id, and enqueues it.
     *
     * @param now the writer's reading of the clock
     * @param claim for whom, if users are counted
     * @return false if there is an entry of that id
     * @throws io.presence.PresenceException if there is no place
     */
    boolean add(Entry entry, PresenceState first, long now, @Nullable UserClaim claim) {
        try {
            /* First in the table, then posted: an index must not show one that lost this race. Other writers wait. */
            synchronized (entry) {
                if (!entries.add(entry, claim)) {
                    return false;
                }
                entry.begin(first, indexes);
            }
            dirty.enqueue(entry, now);
            return true;
        } catch (Throwable t) {
            withdraw(entry, claim);
            throw t;
        }
    }

    private void withdraw(Entry entry, @Nullable UserClaim claim) {
        synchronized (entry) {
            if (entry.state() == null) {
                entry.releaseCount(claim);
                entries.remove(entry);
                entry.markRemoved();
            } else {
                dirty.markMissed(entry);
            }
        }
    }

    /**
     * Goes on with a life in another state. Call under its monitor.
     *
     * @param ttl the lifetime from now on, or 0 to leave it as it is
     * @return false if the life is over, and nothing is published
     */
    boolean publish(Entry entry, PresenceState next, long now, long ttl, Action action) {
        try {
            return entry.publish(next, now, ttl, action, indexes);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Goes on with a life as it is, for another lifetime: delivers nothing. Call under its monitor.
     *
     * @param ttl the lifetime from {@code now} on
     * @return false if the life is over
     */
    boolean renew(Entry entry, long now, long ttl) {
        /* Heartbeats only move it later, and the wheel comes back at this time at the latest. */
        long known = entry.deadline();
        try {
            boolean lives = entry.renew(now, ttl);
            if (lives && now + ttl < known) {
                dirty.add(entry, now);
            }
            return lives;
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Begins a life in the place of one that is over, and enqueues it. Call under the monitor of that, which is in the
     * table.
     *
     * @param now the writer's reading of the clock
     * @param claim for whom, if users are counted
     */
    void succeed(Entry over, Entry entry, PresenceState first, long now, @Nullable UserClaim claim) {
        CapacityLimits.Limit refused = entry.inherit(over, capacity, claim);
        if (refused != null) {
            throw capacity.error(refused);
        }
        try {
            synchronized (entry) {
                supersede(over, entry, first);
            }
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            restore(over, entry, claim);
            throw t;
        }
    }

    private void supersede(Entry over, Entry entry, PresenceState first) {
        over.end(Cause.EXPIRED, capacity, indexes);
        over.supersedeBy(entry);
        entries.replace(over, entry);
        entry.begin(first, indexes);
        if (over.isUncaptured()) {
            over.clearState(indexes);
        }
    }

    private void restore(Entry over, Entry entry, @Nullable UserClaim claim) {
        synchronized (entry) {
            boolean begun = entry.state() != null;
            if (!begun) {
                entries.replace(entry, over);
                over.restoreOver(entry, capacity, claim);
            }
            dirty.markMissed(begun ? entry : over);
        }
    }

    /**
     * Ends a life. Call under its monitor.
     *
     * @return false if it was over at {@code now}
     */
    boolean delete(Entry entry, long now) {
        try {
            boolean deleted = entry.delete(now, capacity, indexes);
            if (entry.isUncaptured()) {
                /* There is nothing of it to dispatch. */
                release(entry);
                dirty.skip();
            } else {
                dirty.enqueue(entry, now);
            }
            return deleted;
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * The entry to look at in the place of one that was taken from the dirty queue, and its mark cleared: the life, if
     * any, that has taken its place since it was put there, for which it stands in the queue. May be called again if it
     * throws. Dispatcher only.
     */
    @Nullable Entry newest(Entry taken) {
        Entry newest = taken;
        /* Each mark is cleared before a look at whether another life has taken over with that mark. */
        while (newest != null && newest.isRemoved()) {
            newest = successor(newest);
            if (newest != null) {
                newest.clearDirty();
            }
        }
        return newest;
    }

    private @Nullable Entry successor(Entry removed) {
        /* Who has begun to put another in its place has done so then. */
        synchronized (removed) {
            return entries.find(removed.id());
        }
    }

    /** Takes what happened to an entry since the last time, or throws and leaves it. Dispatcher only. */
    CapturedChange capture(Entry entry, long now) {
        return entry.capture(now, capacity, indexes);
    }

    /** Notes what subscriptions have been told of an entry, whatever is thrown. Dispatcher only. */
    void recordDispatched(Entry entry, @Nullable PresenceState told, long revision) {
        entry.dispatched(told, revision, indexes);
    }

    /**
     * Removes an entry whose end has been dispatched, or need not be, and lets go of its state. May be called again.
     */
    void release(Entry entry) {
        synchronized (entry) {
            if (!entry.isRemoved()) {
                entries.remove(entry);
                entry.markRemoved();
            }
            entry.clearState(indexes);
        }
    }
}
