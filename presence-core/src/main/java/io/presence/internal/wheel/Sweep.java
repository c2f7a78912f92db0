package io.presence.internal.wheel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incremental pass over all buckets that removes stale wheel entries and packs the others.
 *
 * <p>A bucket is swept by rotation: its last chunk is sealed, then each wheel entry is taken from the front and, if
 * it is live, added at the back, until the sealed chunk is empty. Between two visits every wheel entry is in its
 * bucket, so the wheel can drain or fill a half-swept bucket without regard to the sweep. A chunk that leaves its
 * bucket is unsealed, from which the sweep recognizes that the bucket is done.
 *
 * <p><b>Cost.</b> {@link #hasNext()} and {@link #visit()} O(1).
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 *
 * @param <T> the type of the timers
 */
final class Sweep<T extends WheelTimer> {

    private final List<Level<T>> levels;
    private int level;
    private int bucket;
    private @Nullable Chunk<T> sealed;

    /** Creates a sweep that is not running. */
    Sweep(List<Level<T>> levels) {
        this.levels = levels;
        this.level = levels.size();
    }

    boolean isRunning() {
        return level < levels.size();
    }

    void start() {
        level = 0;
        bucket = 0;
    }

    /** Finds the next wheel entry to visit. False when the pass is over; the sweep is then not running. */
    boolean hasNext() {
        if (sealed != null && sealed.sealed) {
            return true;
        }
        if (sealed != null) {
            sealed = null;
            bucket++;
        }
        while (isRunning()) {
            Level<T> current = levels.get(level);
            if (enter(current)) {
                return true;
            }
            level++;
            bucket = 0;
        }
        return false;
    }

    private boolean enter(Level<T> current) {
        if (bucket == current.slots()) {
            return false;
        }
        int next = current.occupied.nextFrom(bucket);
        if (next < bucket) {
            return false;
        }
        bucket = next;
        sealed = current.seal(next);
        return true;
    }

    /**
     * Visits the wheel entry that {@link #hasNext()} found, and returns whether it was stale and has been removed.
     */
    @SuppressWarnings("NullAway") // hasNext found an entry
    boolean visit() {
        Level<T> current = levels.get(level);
        Chunk<T> first = current.first(bucket);
        T timer = first.topTimer();
        int generation = first.topGeneration();
        boolean stale = generation != timer.generation;
        if (!stale) {
            // added before it is removed: if no chunk can be allocated, nothing is lost
            current.add(bucket, timer, generation);
        }
        current.removeTop(bucket, first);
        return stale;
    }
}
