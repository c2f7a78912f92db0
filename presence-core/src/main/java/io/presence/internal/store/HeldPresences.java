package io.presence.internal.store;

import static java.util.Objects.requireNonNull;

import io.presence.Version;
import org.jspecify.annotations.Nullable;

/**
 * The operations of sessions on the presences that they hold. An operation by a hold that is lost changes nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread; the holds of one session by one thread at a time.
 */
final class HeldPresences {

    private final PresenceTable table;
    private final EntryTable entries;
    private final TableChanges changes;
    private final IdleChanges idle;
    private final Clocks clocks;

    HeldPresences(PresenceTable table, EntryTable entries, TableChanges changes, IdleChanges idle, Clocks clocks) {
        this.table = table;
        this.entries = entries;
        this.changes = changes;
        this.idle = idle;
        this.clocks = clocks;
    }

    /** Reads the clock for operations on several holds. */
    long now() {
        return clocks.now();
    }

    /**
     * Extends the deadline by the TTL of the last write. Takes no lock unless the hold is lost; allocates nothing.
     *
     * @return false if the hold is lost or the presence has ended
     */
    boolean touch(Hold hold, long now) {
        Entry entry = requireNonNull(hold.entry);
        while (true) {
            /* The word is read before the holders: if another session takes over, the CAS fails. See HoldChange. */
            long word = entry.word();
            if (!entry.isHeldBy(hold) && isLost(hold)) {
                return false;
            }
            PresenceState seen = entry.state();
            if (seen == null || !entry.isAlive(now)) {
                return false;
            }
            if (entry.extend(word, entry.permitting(seen, word), now)) {
                return true;
            }
        }
    }

    /**
     * Reports activity.
     *
     * @return false if the hold is lost or the presence has ended
     */
    boolean active(Hold hold, long now) {
        Entry entry = requireNonNull(hold.entry);
        synchronized (entry) {
            PresenceState seen = entry.isHeldBy(hold) ? entry.liveState(now) : null;
            if (seen != null) {
                idle.active(entry, seen, now);
            }
            return seen != null;
        }
    }

    /** Reads the memory that {@link #touch} reads. Returns a number without a meaning. */
    long read(Hold hold) {
        Entry entry = hold.entry;
        return entry == null ? 0 : entry.word();
    }

    /** Returns whether a hold is lost, once a write that is taking place has happened or not. */
    boolean isLost(Hold hold) {
        Entry entry = requireNonNull(hold.entry);
        synchronized (entry) {
            return !entry.isHeldBy(hold);
        }
    }

    /**
     * Finds the hold of a session.
     *
     * @return null if there is no live presence of that id that the caller can read
     * @throws io.presence.PresenceException {@code FENCED} if there is one, and the session does not hold it
     */
    @Nullable Hold find(String id, SessionHolds session, Access access) {
        for (Entry entry = entries.get(id); entry != null; entry = entries.successor(entry)) {
            synchronized (entry) {
                PresenceState seen = entry.liveState(clocks.now());
                if (seen != null) {
                    return access.canRead(seen) ? require(entry, session) : null;
                }
            }
        }
        return null;
    }

    /** Finds the hold of a session, or null if the session does not hold a live presence with that version. */
    @Nullable Hold findHeld(String id, SessionHolds session, Version version) {
        Entry entry = entries.find(id);
        if (entry == null) {
            return null;
        }
        synchronized (entry) {
            PresenceState seen = entry.liveState(clocks.now());
            return seen != null && version.equals(seen.version()) ? entry.holdOf(session) : null;
        }
    }

    private static Hold require(Entry entry, SessionHolds session) {
        Hold hold = entry.holdOf(session);
        if (hold == null) {
            throw StoreErrors.fenced(entry.id());
        }
        return hold;
    }

    /**
     * Deletes the presence, for all its holders.
     *
     * @return false if the hold is lost or the presence has ended
     */
    boolean delete(Hold hold) {
        Entry entry = requireNonNull(hold.entry);
        synchronized (entry) {
            return entry.isHeldBy(hold) && changes.delete(entry, clocks.now(), Ending.DELETED);
        }
    }

    /**
     * Ends a hold, and the presence if it has no other. Does nothing if the hold is lost or the store is closed.
     *
     * @param grace nanoseconds after which the presence ends
     */
    void release(Hold hold, Ending ending, long now, long grace) {
        Entry entry = requireNonNull(hold.entry);
        synchronized (entry) {
            if (entry.isHeldBy(hold) && !table.isClosed()) {
                changes.release(entry, hold, ending, now, grace);
            }
        }
    }
}
