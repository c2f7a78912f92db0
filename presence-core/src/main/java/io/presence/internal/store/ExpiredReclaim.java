package io.presence.internal.store;

import io.presence.internal.index.Planner;
import io.presence.query.Query;

/**
 * Ends what has expired of one user before the dispatcher notes it, when the user needs the place.
 *
 * <p><b>Cost.</b> One look at each presence of the user, by the index on {@code userId}; only if a write would be
 * refused.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ExpiredReclaim {

    private final Planner<Entry> planner;
    private final TableChanges changes;
    private final Clocks clocks;

    ExpiredReclaim(Planner<Entry> planner, TableChanges changes, Clocks clocks) {
        this.planner = planner;
        this.changes = changes;
        this.clocks = clocks;
    }

    /**
     * Ends what has expired of a user.
     *
     * @return -1 if that was anything; otherwise in how many nanoseconds the first presence ends, or 0 if there is none
     */
    long endExpired(String user) {
        long now = clocks.now();
        long first = Long.MAX_VALUE;
        boolean hasEnded = false;
        for (Entry entry : planner.choose(Query.equal("userId", user)).entries()) {
            long deadline = user.equals(entry.owner()) ? entry.deadline() : Long.MAX_VALUE;
            if (deadline > now) {
                first = Math.min(first, deadline);
            } else {
                hasEnded |= end(entry, now);
            }
        }
        if (hasEnded) {
            return -1;
        }
        return first == Long.MAX_VALUE ? 0 : first - now;
    }

    private boolean end(Entry entry, long now) {
        synchronized (entry) {
            boolean isOver = entry.isCounted() && !entry.isRemoved() && !entry.isAlive(now);
            if (isOver) {
                changes.delete(entry, now);
            }
            return isOver;
        }
    }
}
