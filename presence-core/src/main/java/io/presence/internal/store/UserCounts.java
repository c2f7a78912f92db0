package io.presence.internal.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of presences, or of subscriptions, of each user, with an exact limit.
 *
 * <p><b>Cost.</b> One look-up in a hash table and one CAS for each change. A user whose number is 0 takes no memory.
 * Releasing allocates nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free except within the hash table.
 */
public final class UserCounts {

    private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();
    private final int limit;

    /**
     * Starts at 0 for each user.
     *
     * @param most the limit
     */
    public UserCounts(int limit) {
        this.limit = limit;
    }

    /* The number of one user. A retired number is not used again and is removed from the table at once. */
    private static final class Count extends AtomicInteger {

        private static final long serialVersionUID = 1L;
        private static final int RETIRED = -1;

        boolean isRetired() {
            return get() == RETIRED;
        }

        /* False if the limit is reached or the number is retired. */
        boolean add(int limit) {
            while (true) {
                int seen = get();
                if (seen == RETIRED || seen >= limit) {
                    return false;
                }
                if (compareAndSet(seen, seen + 1)) {
                    return true;
                }
            }
        }

        /* True if this retires the number. */
        boolean subtract() {
            while (true) {
                int seen = get();
                int next = seen == 1 ? RETIRED : seen - 1;
                if (compareAndSet(seen, next)) {
                    return next == RETIRED;
                }
            }
        }
    }

    /** The limit. */
    public int limit() {
        return limit;
    }

    /** Counts one more of a user. False if the limit is reached. */
    public boolean acquire(String user) {
        return add(user, limit);
    }

    /** Counts one more of a user, even beyond the limit. */
    public void add(String user) {
        add(user, Integer.MAX_VALUE);
    }

    private boolean add(String user, int limit) {
        while (true) {
            Count count = counts.get(user);
            if (count == null) {
                /* Added to the table before it counts: if this throws, nothing was counted. */
                counts.putIfAbsent(user, new Count());
            } else if (count.add(limit)) {
                return true;
            } else if (!count.isRetired()) {
                return false;
            } else {
                counts.remove(user, count);
            }
        }
    }

    /** Subtracts one of a user. If this throws, nothing has changed. */
    public void release(String user) {
        Count count = counts.get(user);
        boolean isRetired = count != null && count.subtract();
        try {
            if (isRetired) {
                counts.remove(user, count);
            }
        } catch (Throwable unremoved) {
            /* It is subtracted, so this must not throw. The next acquire of the user removes the retired number. */
            isRetired = false;
        }
    }

    /** The number of a user. */
    public int count(String user) {
        Count count = counts.get(user);
        return count == null ? 0 : Math.max(count.get(), 0);
    }

    /** The number of users that take memory. */
    public int users() {
        return counts.size();
    }
}
