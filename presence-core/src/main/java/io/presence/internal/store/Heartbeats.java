package io.presence.internal.store;

import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/**
 * The heartbeat operation: extends deadlines.
 *
 * <p><b>Cost.</b> One look-up in a hash table, one reading of the clock and at most one CAS. Takes no lock, allocates
 * nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free: a heartbeat starts again only if another write has
 * succeeded.
 */
final class Heartbeats {

    /** Stands for the TTL of the last write, so that a heartbeat without a TTL allocates nothing. */
    static final long LAST_TTL = 0;

    private static final int READ_AHEAD = 16;

    private final EntryTable entries;
    private final ReadAhead readAhead;
    private final Clocks clocks;
    private final Takeovers takeovers;

    Heartbeats(EntryTable entries, ReadAhead readAhead, Clocks clocks, Takeovers takeovers) {
        this.readAhead = readAhead;
        this.entries = entries;
        this.clocks = clocks;
        this.takeovers = takeovers;
    }

    /**
     * Extends the deadline of a presence, if the caller is permitted to.
     *
     * @param ttl nanoseconds from now, or {@link #LAST_TTL}
     * @return false if there is no live presence of that id that the caller can read
     */
    boolean touch(String id, long ttl, Access access) {
        Entry entry = entries.get(id);
        while (entry != null) {
            /*
             * The word is read before the state: if another write changes permissions and TTL, the CAS fails. See
             * Lease.
             */
            long word = entry.word();
            PresenceState seen = entry.state();
            if (seen != null && !access.canRead(seen)) {
                return false;
            }
            long now = clocks.now();
            if (seen == null || !entry.isAlive(now)) {
                entry = entries.successor(entry);
            } else if (!access.canUpdate(seen)) {
                throw StoreErrors.denied("touched", id);
            } else if (Lease.isRemote(word)) {
                if (takeovers.touch(entry, access, now, ttl)) {
                    return true;
                }
                entry = entries.get(id);
            } else if (extend(entry, word, entry.permitting(seen, word), now, ttl)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Extends the deadlines of presences by the TTLs of their last writes, with one reading of the clock. Allocates
     * nothing if the ids are a list with random access.
     *
     * @return the number of presences that are alive and that the caller can read and update
     */
    int touchAll(Collection<String> ids, Access access) {
        int alive = 0;
        long now = clocks.now();
        if (ids instanceof List<String> list && ids instanceof RandomAccess) {
            for (int i = 0; i < list.size(); i++) {
                if (i % READ_AHEAD == 0) {
                    readAhead.heartbeats(list, i, Math.min(i + READ_AHEAD, list.size()), access);
                }
                alive += touch(list.get(i), access, now) ? 1 : 0;
            }
        } else {
            for (String id : ids) {
                alive += touch(id, access, now) ? 1 : 0;
            }
        }
        return alive;
    }

    private boolean touch(String id, Access access, long now) {
        Entry entry = entries.get(id);
        while (entry != null) {
            long word = entry.word();
            PresenceState seen = entry.state();
            if (seen != null && !(access.canRead(seen) && access.canUpdate(seen))) {
                return false;
            }
            if (seen == null || !entry.isAlive(now)) {
                entry = entries.successor(entry);
            } else if (Lease.isRemote(word)) {
                if (takeovers.touch(entry, access, now, LAST_TTL)) {
                    return true;
                }
                entry = entries.get(id);
            } else if (entry.extend(word, entry.permitting(seen, word), now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean extend(Entry entry, long word, long permitting, long now, long ttl) {
        return ttl == LAST_TTL ? entry.extend(word, permitting, now) : entry.extend(word, permitting, now, ttl);
    }
}
