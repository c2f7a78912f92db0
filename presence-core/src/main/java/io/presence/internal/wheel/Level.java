package io.presence.internal.wheel;

import org.jspecify.annotations.Nullable;

/**
 * One ring of buckets, each {@code 2^shift} ticks wide. A tick belongs to the slot number {@code tick >> shift}; its
 * bucket is that number modulo the number of slots. A scheduled tick must therefore be less than one revolution ahead
 * of the cursor.
 *
 * <p><b>Cost.</b> Each operation O(1). An empty level takes 4 bytes a slot.
 *
 * <p><b>Threads.</b> Confined to the wheel's thread.
 *
 * @param <T> the type of the timers
 */
final class Level<T extends WheelTimer> {

    /** The buckets that are not empty. */
    final Occupancy occupied;

    private final int shift;
    private final int mask;
    private final ChunkPool<T> pool;

    /**
     * Per bucket the last chunk of its circle, whose next is the first. No chunk in a bucket is empty.
     */
    private final @Nullable Chunk<T>[] lasts;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Level(int slots, int shift, ChunkPool<T> pool) {
        this.occupied = new Occupancy(slots);
        this.shift = shift;
        this.mask = slots - 1;
        this.pool = pool;
        this.lasts = new Chunk[slots];
    }

    int slots() {
        return lasts.length;
    }

    int shift() {
        return shift;
    }

    /** Returns whether {@code tick} is less than one revolution ahead of the cursor's slot. */
    boolean reaches(long tick, long cursor) {
        return (tick >> shift) - (cursor >> shift) <= mask;
    }

    int bucketOf(long tick) {
        return (int) (tick >> shift) & mask;
    }

    /** Returns the bucket that is farthest ahead of the bucket of the cursor. */
    int farthestBucket(long cursor) {
        return bucketOf(cursor) + mask & mask;
    }

    /**
     * Returns the first tick at or after {@code cursor} at which a bucket that is not empty begins, or
     * {@link Long#MAX_VALUE} if there is none.
     */
    long nextTick(long cursor) {
        int current = bucketOf(cursor);
        int next = occupied.nextFrom(current);
        if (next == Occupancy.NONE) {
            return Long.MAX_VALUE;
        }
        return ((cursor >> shift) + ((next - current) & mask)) << shift;
    }

    /** Returns the first chunk of a bucket, or null when the bucket is empty. */
    @Nullable Chunk<T> first(int bucket) {
        Chunk<T> last = lasts[bucket];
        return last == null ? null : last.next;
    }

    void add(int bucket, T timer, int generation) {
        Chunk<T> last = lasts[bucket];
        if (last == null || !last.isOpen()) {
            last = extend(bucket, last);
        }
        last.push(timer, generation);
    }

    private Chunk<T> extend(int bucket, @Nullable Chunk<T> last) {
        Chunk<T> chunk = pool.take();
        if (last == null) {
            occupied.set(bucket);
        } else {
            chunk.next = last.next;
            last.next = chunk;
        }
        lasts[bucket] = chunk;
        return chunk;
    }

    /** Removes the top wheel entry of {@code first}, which is the first chunk of the bucket. */
    void removeTop(int bucket, Chunk<T> first) {
        first.pop();
        if (first.size() == 0) {
            unlink(bucket, first);
            pool.release(first);
        }
    }

    @SuppressWarnings("NullAway") // a bucket with a first chunk has a last one
    private void unlink(int bucket, Chunk<T> first) {
        Chunk<T> last = lasts[bucket];
        if (first == last) {
            lasts[bucket] = null;
            occupied.clear(bucket);
        } else {
            last.next = first.next;
        }
    }

    /** Directs additions to an occupied bucket to a new chunk, and returns the last chunk before it. */
    @SuppressWarnings("NullAway") // an occupied bucket has a last chunk
    Chunk<T> seal(int bucket) {
        Chunk<T> last = lasts[bucket];
        last.sealed = true;
        return last;
    }
}
