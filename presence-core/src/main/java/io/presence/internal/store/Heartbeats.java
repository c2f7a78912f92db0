package io.presence.internal.store;

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

    private final EntryTable entries;
    private final Clocks clocks;

    Heartbeats(EntryTable entries, Clocks clocks) {
        this.entries = entries;
        this.clocks = clocks;
    }

    /**
     * Extends the life of an id, if the caller may.
     *
     * @param ttl from now on; 0 stands for that of the last write
     * @return false if no presence of that id lives that the caller can read
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
            } else if (entry.extend(word, seen.word(), now, ttl)) {
                return true;
            }
        }
        return false;
    }
}
