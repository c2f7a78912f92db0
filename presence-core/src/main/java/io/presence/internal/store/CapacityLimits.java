package io.presence.internal.store;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many presences live in a store and how many entries it holds, each with a limit that is exact.
 *
 * <p>A tombstone, the entry of a life that has ended, holds memory until its end is dispatched, but not the place of a
 * living presence: so a store of N presences that all end at once takes N others before any end is dispatched. The
 * limit of entries, twice that of presences, bounds the memory of tombstones. The dispatcher takes entries in the order
 * of writes, hence the tombstones that it has yet to dispatch were alive at one time, and their number stays within
 * that limit; a life that was never dispatched leaves no tombstone.
 *
 * <p><b>Cost.</b> One CAS for each change. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
final class CapacityLimits {

    private static final long ENTRY = 1;
    private static final long LIVE = 1L << Integer.SIZE;
    private static final long ENTRIES = LIVE - 1;

    /* Both in one word, so that neither is ever seen without the other: the living, then the entries. */
    private final AtomicLong counts = new AtomicLong();
    private final int maxPresences;
    private final long maxEntries;
    private final @Nullable UserCounts users;

    /**
     * Makes room for some presences.
     *
     * @param users the presences of each user, if they are counted
     */
    CapacityLimits(int most, @Nullable UserCounts users) {
        this.maxPresences = most;
        this.maxEntries = 2L * most;
        this.users = users;
    }

    /** What refuses one more: a limit and its value. */
    enum Limit {
        /** As many presences live as may. */
        PRESENCES,
        /** As many entries are held as may be, most of them of ended lives. */
        ENTRIES,
        /** As many presences of one user live as may. */
        USER
    }

    /** Takes the place of a living presence, and that of its entry. Returns what refuses that, or null. */
    @Nullable Limit acquire() {
        while (true) {
            long seen = counts.get();
            if (live(seen) >= maxPresences) {
                return Limit.PRESENCES;
            }
            if (entries(seen) >= maxEntries) {
                return Limit.ENTRIES;
            }
            if (counts.compareAndSet(seen, seen + LIVE + ENTRY)) {
                return null;
            }
        }
    }

    /** Takes the place of a living presence for an entry that is held. False if there is none. */
    boolean acquireLive() {
        while (true) {
            long seen = counts.get();
            if (live(seen) >= maxPresences) {
                return false;
            }
            if (counts.compareAndSet(seen, seen + LIVE)) {
                return true;
            }
        }
    }

    /** Gives back the place of a living presence. */
    void releaseLive() {
        counts.addAndGet(-LIVE);
    }

    /** Counts one presence less of a user. */
    void releaseCount(String user) {
        if (users != null) {
            users.release(user);
        }
    }

    /** Gives back the place of an entry. */
    void releaseEntry() {
        counts.addAndGet(-ENTRY);
    }

    /** The number of entries. */
    int entries() {
        return (int) Math.min(entries(counts.get()), Integer.MAX_VALUE);
    }

    /** The refusal by a limit. */
    RuntimeException error(Limit limit) {
        return switch (limit) {
            case PRESENCES -> StoreErrors.full(maxPresences);
            case ENTRIES -> StoreErrors.fullOfEnded(maxEntries);
            case USER -> StoreErrors.presencesOfUser(users == null ? 0 : users.limit(), 0);
        };
    }

    private static long live(long counts) {
        return counts >>> Integer.SIZE;
    }

    private static long entries(long counts) {
        return counts & ENTRIES;
    }
}
