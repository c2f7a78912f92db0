package io.presence.internal.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of live presences and of entries in a store, each with an exact limit.
 *
 * <p>A tombstone holds memory until its end is dispatched, but not the claim of a live presence. Hence a store of N
 * presences that all end at once accepts N others before any end is dispatched. The limit of entries, twice that of
 * presences, bounds the memory of tombstones. The dispatcher takes entries in the order of writes, so the
 * undispatched tombstones were all alive at one time and their number stays within that limit. An incarnation that
 * was never dispatched leaves no tombstone.
 *
 * <p><b>Cost.</b> One CAS for each change. Allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
final class CapacityLimits {

    private static final long ENTRY = 1;
    private static final long LIVE = 1L << Integer.SIZE;
    private static final long ENTRIES = LIVE - 1;

    /*
     * Both counts in one word, so that they are read together: live presences in the upper half, entries in the
     * lower.
     */
    private final AtomicLong counts = new AtomicLong();
    /* The presences of other nodes, which count against none of the limits. */
    private final AtomicInteger replicas = new AtomicInteger();
    private final int maxPresences;
    private final long maxEntries;
    private final @Nullable UserCounts users;

    /**
     * Creates limits with nothing claimed.
     *
     * @param users the presences of each user, or null if they are not counted
     */
    CapacityLimits(int maxPresences, @Nullable UserCounts users) {
        this.maxPresences = maxPresences;
        this.maxEntries = 2L * maxPresences;
        this.users = users;
    }

    /** A limit that can reject a claim. */
    enum Limit {
        /** The limit of live presences. */
        PRESENCES,
        /** The limit of entries, tombstones included. */
        ENTRIES,
        /** The limit of live presences of one user. */
        USER
    }

    /** Claims a live presence and its entry. Returns the limit that is reached, or null. */
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

    /** Claims a live presence for an entry that is held already. False if the limit is reached. */
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

    /** Releases the claim of a live presence. */
    void releaseLive() {
        counts.addAndGet(-LIVE);
    }

    /** Subtracts one presence of a user. */
    void releaseCount(String user) {
        if (users != null) {
            users.release(user);
        }
    }

    /** Releases the claim of an entry. */
    void releaseEntry() {
        counts.addAndGet(-ENTRY);
    }

    /** Counts a presence of another node. */
    void addReplica() {
        replicas.incrementAndGet();
    }

    /** Subtracts a presence of another node. */
    void releaseReplica() {
        replicas.decrementAndGet();
    }

    /** The number of entries, those of other nodes included. */
    int entries() {
        return (int) Math.min(entries(counts.get()) + replicas.get(), Integer.MAX_VALUE);
    }

    /** The error for a limit that is reached. */
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
