package io.presence.internal.store;

import io.presence.PresenceEvent.Action;

/**
 * The changes of shown statuses by idle ladders: to a later rung by the dispatcher, and back by activity. Neither is a
 * write: the version, the lease and the holders stay as they are.
 *
 * <p><b>Cost.</b> One monitor of an entry. Activity while the written status is shown allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class IdleChanges {

    private final EntryTable entries;
    private final TableChanges changes;
    private final DirtyQueue dirty;
    private final Clocks clocks;
    private final Takeovers takeovers;

    IdleChanges(EntryTable entries, TableChanges changes, DirtyQueue dirty, Clocks clocks, Takeovers takeovers) {
        this.entries = entries;
        this.changes = changes;
        this.dirty = dirty;
        this.clocks = clocks;
        this.takeovers = takeovers;
    }

    /**
     * Reports activity of a presence.
     *
     * @return false if there is no live presence of that id that the caller can read
     */
    boolean active(String id, Access access) {
        for (Entry entry = entries.get(id); entry != null; entry = entries.successor(entry)) {
            synchronized (entry) {
                long now = clocks.now();
                PresenceState seen = entry.liveState(now);
                if (seen != null) {
                    return active(entry, seen, now, access);
                }
            }
        }
        return false;
    }

    private boolean active(Entry entry, PresenceState seen, long now, Access access) {
        if (!access.canRead(seen)) {
            return false;
        }
        if (!access.canUpdate(seen)) {
            throw StoreErrors.denied("marked as active", entry.id());
        }
        if (entry.isRemote()) {
            takeovers.takeOver(entry, seen, now, Heartbeats.LAST_TTL, null);
        }
        active(entry, seen, now);
        return true;
    }

    /** Reports activity of a live presence. Call under the monitor. */
    void active(Entry entry, PresenceState seen, long now) {
        IdleStatus idle = seen.idle();
        if (idle == null) {
            return;
        }
        if (idle.rung() == 0) {
            idle.restart(now);
            return;
        }
        publish(entry, seen, idle.active(now), now);
        try {
            dirty.enqueue(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }

    /**
     * Shows the last rung that is due, if it is not shown yet. The caller then dispatches the entry. Dispatcher only.
     *
     * @return whether the shown status has changed
     */
    boolean climb(Entry entry, long now) {
        synchronized (entry) {
            PresenceState seen = entry.isRemote() ? null : entry.liveState(now);
            IdleStatus idle = seen == null ? null : seen.idle();
            int due = idle == null ? 0 : idle.rungAt(now);
            if (seen == null || idle == null || due == idle.rung()) {
                return false;
            }
            publish(entry, seen, idle.showing(due), now);
            return true;
        }
    }

    private void publish(Entry entry, PresenceState seen, IdleStatus next, long now) {
        changes.publish(entry, entry.current(seen, clocks).showing(next), now, 0, Action.UPDATE, null);
    }
}
