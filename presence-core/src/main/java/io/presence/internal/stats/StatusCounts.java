package io.presence.internal.stats;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The number of presences with each status, as dispatched.
 *
 * <p><b>Cost.</b> A move O(1); allocates only for a status that no presence had. Memory: an entry per status in use.
 *
 * <p><b>Threads.</b> Moves by the dispatcher, snapshots by any thread, without a lock that a reader holds.
 *
 * <p><b>Guarantees.</b> Each number was right at some moment of the snapshot. A presence that moves meanwhile may be
 * counted under both statuses or neither.
 */
public final class StatusCounts {

    /* Each is written by the dispatcher alone, so plain additions lose no update. */
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /**
     * Moves a presence from one status to another.
     *
     * @param from the previous status, or null for a new incarnation
     * @param to the new status, or null if it has ended
     * @throws IllegalArgumentException if no presence has the status {@code from}
     */
    public void moved(@Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return;
        }
        /* Everything that can fail is done before the first count changes. */
        AtomicLong left = from == null ? null : left(from);
        AtomicLong entered = to == null ? null : entered(to);
        if (entered != null) {
            entered.setRelease(entered.getPlain() + 1);
        }
        if (left != null) {
            left.setRelease(left.getPlain() - 1);
            if (left.getPlain() == 0) {
                counts.remove(requireNonNull(from));
            }
        }
    }

    private AtomicLong left(String from) {
        AtomicLong count = counts.get(from);
        if (count == null) {
            throw new IllegalArgumentException("from must be the status of a presence");
        }
        return count;
    }

    private AtomicLong entered(String to) {
        AtomicLong count = counts.get(to);
        if (count == null) {
            count = new AtomicLong();
            counts.put(to, count);
        }
        return count;
    }

    /** Returns the number of presences with each status in use, ordered by status: an immutable copy. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counts.forEach((status, count) -> {
            long presences = count.get();
            /* Without statuses that are being added or removed. */
            if (presences > 0) {
                snapshot.put(status, presences);
            }
        });
        return Collections.unmodifiableMap(snapshot);
    }
}
