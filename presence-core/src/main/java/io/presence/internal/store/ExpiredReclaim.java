package io.presence.internal.store;

import io.presence.internal.index.Planner;
import io.presence.query.Query;

/**
 * The early release of one user's expired presences, for a user that needs their capacity before the dispatcher has
 * found them.
 *
 * <p><b>Cost.</b> One read of each presence of the user, by the index on {@code userId}; only if a write would be
 * rejected.
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
     * Ends the expired presences of a user.
     *
     * @return -1 if there were any; otherwise the nanoseconds until the user's first deadline, or 0 if there is none
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
                changes.delete(entry, now, Ending.EXPIRED);
            }
            return isOver;
        }
    }
}
