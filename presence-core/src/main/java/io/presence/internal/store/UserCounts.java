package io.presence.internal.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number for each user, of presences or of subscriptions, with a limit that is exact.
 *
 * <p><b>Cost.</b> One look-up in a hash table and one CAS for each change. A user whose number is 0 takes no memory.
 * Giving back allocates nothing.
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
    public UserCounts(int most) {
        this.limit = most;
    }

    /* The number of one user. Once it is retired it is no longer used, and is in the table for a moment at most. */
    private static final class Count extends AtomicInteger {

        private static final long serialVersionUID = 1L;
        private static final int RETIRED = -1;

        boolean isRetired() {
            return get() == RETIRED;
        }

        /* False if there are as many as there may be, or it is retired. */
        boolean add(int most) {
            while (true) {
                int seen = get();
                if (seen == RETIRED || seen >= most) {
                    return false;
                }
                if (compareAndSet(seen, seen + 1)) {
                    return true;
                }
            }
        }

        /* True if it is retired by that. */
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

    /** Counts one more of a user. False if there are as many as there may be. */
    public boolean acquire(String user) {
        return add(user, limit);
    }

    /** Counts one more of a user, whatever the limit. */
    public void add(String user) {
        add(user, Integer.MAX_VALUE);
    }

    private boolean add(String user, int most) {
        while (true) {
            Count count = counts.get(user);
            if (count == null) {
                /* In the table before it counts: if this throws, nothing was counted. */
                counts.putIfAbsent(user, new Count());
            } else if (count.add(most)) {
                return true;
            } else if (!count.isRetired()) {
                return false;
            } else {
                counts.remove(user, count);
            }
        }
    }

    /** Counts one less of a user, of which one was counted. If this throws, nothing has changed. */
    public void release(String user) {
        Count count = counts.get(user);
        boolean isRetired = count != null && count.subtract();
        try {
            if (isRetired) {
                counts.remove(user, count);
            }
        } catch (Throwable unremoved) {
            /* It is subtracted, so this must not throw. What stays is removed when the user takes again. */
            isRetired = false;
        }
    }

    /** The number of a user. */
    public int count(String user) {
        Count count = counts.get(user);
        return count == null ? 0 : Math.max(count.get(), 0);
    }

    /** How many users take memory. */
    public int users() {
        return counts.size();
    }
}
