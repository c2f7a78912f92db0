package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import io.presence.internal.index.SecondaryIndexes;
import org.jspecify.annotations.Nullable;

/**
 * The effects of writes and of dispatching: on the table, the capacity, the secondary indexes and the dirty queue.
 *
 * <p><b>Errors.</b> Each change either happens or does not, whatever is thrown within it, including for lack of
 * memory or stack. Allocation comes before the first effect. A later failure is undone or repeated by a
 * {@code catch}, and the dispatcher is made to capture the entry. A change that happened is dispatched, even if its
 * writer got an error.
 *
 * <p><b>Threads.</b> Safe for use by any thread, under the monitors that a member names.
 */
final class TableChanges {

    private final EntryTable entries;
    private final CapacityLimits capacity;
    private final SecondaryIndexes<Entry> indexes;
    private final DirtyQueue dirty;

    TableChanges(EntryTable entries, CapacityLimits capacity, SecondaryIndexes<Entry> indexes, DirtyQueue dirty) {
        this.entries = entries;
        this.capacity = capacity;
        this.indexes = indexes;
        this.dirty = dirty;
    }

    /**
     * Adds the first entry of an id, and enqueues it.
     *
     * @param now the writer's reading of the clock
     * @param claim the claim of the user, or null if users are not counted
     * @return false if the id has an entry
     * @throws io.presence.PresenceException if a limit is reached
     */
    boolean add(Entry entry, PresenceState first, long now, @Nullable UserClaim claim) {
        try {
            /*
             * Added to the table, then indexed: an index must not show an entry that lost this race. Other writers
             * wait.
             */
            synchronized (entry) {
                if (!entries.add(entry, claim)) {
                    return false;
                }
                entry.publishFirst(first, indexes);
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
     * Publishes another state of an incarnation. Call under its monitor.
     *
     * @param ttl the TTL from now, or 0 to leave the deadline as it is
     * @param holders the change of the holders, or null
     * @return false if the incarnation has ended, and nothing is published
     */
    boolean publish(Entry entry, PresenceState next, long now, long ttl, Action action, @Nullable HoldChange holders) {
        try {
            if (holders != null) {
                holders.apply();
            }
            boolean isPublished = entry.publish(next, now, ttl, action, indexes);
            if (!isPublished && holders != null) {
                holders.undo();
            }
            return isPublished;
        } catch (Throwable t) {
            if (holders != null && entry.state() != next) {
                holders.undo();
            }
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Sets the deadline of an incarnation and dispatches nothing. Call under its monitor.
     *
     * @param ttl the TTL from {@code now}
     * @param holders the change of the holders, or null
     * @return false if the incarnation has ended
     */
    boolean renew(Entry entry, long now, long ttl, @Nullable HoldChange holders) {
        /* Heartbeats only extend it, and the wheel reaches the entry at this time at the latest. */
        long known = entry.deadline();
        boolean isAlive = false;
        try {
            if (holders != null) {
                holders.apply();
            }
            isAlive = entry.renew(now, ttl);
            if (isAlive && now + ttl < known) {
                dirty.add(entry, now);
            }
            if (!isAlive && holders != null) {
                holders.undo();
            }
            return isAlive;
        } catch (Throwable t) {
            if (!isAlive && holders != null) {
                holders.undo();
            }
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Ends a hold. If it was the only one, the incarnation ends as {@code ending} now, or as disconnected after a
     * grace. Call under the monitor of the entry, which the hold is valid for.
     *
     * @param grace nanoseconds
     */
    void release(Entry entry, Hold hold, Ending ending, long now, long grace) {
        Holding holders = entry.holding();
        Holding rest = holders == null ? null : holders.without(hold);
        if (rest != null) {
            entry.setHolding(rest);
        } else if (grace == 0) {
            delete(entry, now, ending);
        } else {
            endAfter(entry, hold, new Grace(now + grace), now);
        }
    }

    private void endAfter(Entry entry, Hold hold, Grace grace, long now) {
        long known = entry.deadline();
        boolean isSet = false;
        try {
            entry.setHolding(grace);
            isSet = entry.endAfter(grace, now);
            if (isSet && grace.deadline < known) {
                dirty.add(entry, now);
            }
        } catch (Throwable t) {
            if (!isSet) {
                entry.setHolding(hold);
            }
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Replaces an ended entry, which is in the table, by its successor, and enqueues that. Call under the ended
     * entry's monitor.
     *
     * @param now the writer's reading of the clock
     * @param claim the claim of the user, or null if users are not counted
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
        over.end(Ending.EXPIRED, capacity, indexes);
        over.supersedeBy(entry);
        entries.replace(over, entry);
        entry.publishFirst(first, indexes);
        /* Claims that are not passed on, since one of the two is a presence of another node. */
        over.release(capacity);
        if (over.isUncaptured()) {
            over.clearState(indexes);
        }
    }

    private void restore(Entry over, Entry entry, @Nullable UserClaim claim) {
        synchronized (entry) {
            boolean begun = entry.state() != null;
            if (!begun) {
                entries.replace(entry, over);
                over.restoreFrom(entry, capacity, claim);
            }
            dirty.markMissed(begun ? entry : over);
        }
    }

    /**
     * Ends an incarnation. Call under its monitor.
     *
     * @param ending the end to record if it is alive
     * @return false if it had ended by {@code now}
     */
    boolean delete(Entry entry, long now, Ending ending) {
        try {
            boolean deleted = entry.delete(now, ending, capacity, indexes);
            if (entry.isUncaptured()) {
                /* It has nothing to dispatch. */
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
     * The entry to capture for one that was taken from the dirty queue and whose dirty flag is cleared: itself, or
     * the newest successor if it was replaced since it was enqueued, because a successor shares its queue slot.
     * Idempotent. Dispatcher only.
     */
    @Nullable Entry newest(Entry taken) {
        Entry newest = taken;
        /*
         * Each flag is cleared before the check whether a successor has replaced the entry and taken over the flag.
         */
        while (newest != null && newest.isRemoved()) {
            newest = successor(newest);
            if (newest != null) {
                newest.clearDirty();
            }
        }
        return newest;
    }

    private @Nullable Entry successor(Entry removed) {
        /* The monitor waits for a writer that is replacing the entry. */
        synchronized (removed) {
            return entries.find(removed.id());
        }
    }

    /**
     * Captures the change of an entry since its last capture. If this throws, nothing is captured. Dispatcher only.
     *
     * @param change receives the change
     */
    void capture(Entry entry, long now, CapturedChange change) {
        entry.capture(now, capacity, indexes, change);
    }

    /** Records the dispatched state of an entry, whatever is thrown. Dispatcher only. */
    void recordDispatched(Entry entry, @Nullable PresenceState next, long revision) {
        entry.recordDispatched(next, revision, indexes);
    }

    /** Removes an entry whose end is dispatched or need not be, and clears its state. Idempotent. */
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
