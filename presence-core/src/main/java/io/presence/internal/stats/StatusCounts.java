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
 * How many lives have each status, as they were dispatched.
 *
 * <p><b>Cost.</b> A move O(1); allocates only for a status that nobody had. Memory: an entry per status that some life
 * has.
 * <p><b>Threads.</b> Moves by the dispatcher, snapshots by any thread, without a lock that a reader holds.
 * <p><b>Guarantees.</b> Each number is one that was right at some moment of the snapshot. A life that moves meanwhile may
 * be counted under both statuses or neither.
 */
public final class StatusCounts {

    /* Each written by the dispatcher alone, so that no update is lost without an atomic one. */
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /**
     * Moves a life from one status to another.
     *
     * @param from what it had, or null if it begins
     * @param to what it has, or null if it has ended
     * @throws IllegalArgumentException if no life has the status {@code from}
     */
    public void moved(@Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return;
        }
        /* Whatever may fail is done before the first count changes. */
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
            throw new IllegalArgumentException("from must be the status of a life");
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

    /** Returns how many lives have each status that any has, ordered by status: a copy that can't be changed. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new TreeMap<>();
        counts.forEach((status, count) -> {
            long presences = count.get();
            /* Not one that is about to be removed, or entered. */
            if (presences > 0) {
                snapshot.put(status, presences);
            }
        });
        return Collections.unmodifiableMap(snapshot);
    }
}
