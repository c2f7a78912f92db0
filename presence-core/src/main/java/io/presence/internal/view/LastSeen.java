package io.presence.internal.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last heartbeats of users whose presences have ended, for a limited number of users and a limited time. The user
 * whose last end is longest ago is forgotten first.
 *
 * <p><b>Threads.</b> Safe for use by any thread; the monitor is held for one look-up, and for two removals at most.
 */
final class LastSeen {

    private final Map<String, Seen> users = new LinkedHashMap<>();
    private final int maxUsers;
    private final long timeNanos;
    private final LongSupplier clock;

    private record Seen(Instant at, long recorded) {}

    /**
     * Creates an empty memory.
     *
     * @param clock the monotonic clock of the store
     */
    LastSeen(int maxUsers, Duration time, LongSupplier clock) {
        this.maxUsers = maxUsers;
        this.timeNanos = time.toNanos();
        this.clock = clock;
    }

    synchronized void record(String userId, Instant at) {
        if (maxUsers == 0) {
            return;
        }
        long now = clock.getAsLong();
        Seen known = users.remove(userId);
        Instant latest = known == null || known.at.isBefore(at) ? at : known.at;
        users.put(userId, new Seen(latest, now));
        removeOldest(now);
        removeOldest(now);
    }

    private void removeOldest(long now) {
        Iterator<Seen> oldest = users.values().iterator();
        if (oldest.hasNext() && (isOver(oldest.next(), now) || users.size() > maxUsers)) {
            oldest.remove();
        }
    }

    private boolean isOver(Seen seen, long now) {
        return now - seen.recorded >= timeNanos;
    }

    synchronized @Nullable Instant of(String userId) {
        Seen seen = users.get(userId);
        return seen == null || isOver(seen, clock.getAsLong()) ? null : seen.at;
    }
}
