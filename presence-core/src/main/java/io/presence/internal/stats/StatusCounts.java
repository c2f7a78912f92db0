package io.presence.internal.stats;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many lives have each status, as they were dispatched.
 *
 * <p><b>Cost.</b> A move O(1); one that keeps the status allocates nothing. Memory: an entry per status that some life
 * has.
 * <p><b>Threads.</b> Moves by the dispatcher, snapshots by any thread, without a lock that a reader holds.
 * <p><b>Guarantees.</b> Each number is one that was right at some moment of the snapshot. A life that moves meanwhile may
 * be counted under both statuses or neither.
 */
public final class StatusCounts {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

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
        if (from != null) {
            leave(from);
        }
        if (to != null) {
            counts.merge(to, 1L, Long::sum);
        }
    }

    private void leave(String from) {
        counts.compute(from, (status, count) -> {
            if (count == null) {
                throw new IllegalArgumentException("from must be the status of a life");
            }
            return count == 1 ? null : count - 1;
        });
    }

    /** Returns how many lives have each status that any has, ordered by status: a copy that can't be changed. */
    public Map<String, Long> snapshot() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
