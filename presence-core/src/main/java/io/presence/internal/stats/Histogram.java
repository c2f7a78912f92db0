package io.presence.internal.stats;

import io.presence.PresenceStats.Latency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of durations from 0 to {@link Long#MAX_VALUE} nanoseconds.
 *
 * <p><b>Cost.</b> {@link #record} O(1), without allocation. Memory: 8 KB, for any number of durations; a snapshot
 * copies it.
 *
 * <p><b>Threads.</b> One writer at a time, any number of readers, none of which waits for another.
 *
 * <p><b>Guarantees.</b> The maximum is exact. Other durations are exact up to 31 ns, and beyond that too high by less
 * than a sixteenth of themselves. A snapshot taken while the writer records may miss the latest.
 */
public final class Histogram {

    /*
     * Log-linear: each power of two is divided into 16 buckets of one width. Durations below 32 have a bucket each;
     * the last bucket ends at Long.MAX_VALUE.
     */
    private static final int PART_BITS = 4;
    private static final int PARTS = 1 << PART_BITS;
    private static final int BUCKETS = (Long.SIZE - PART_BITS) * PARTS;

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final Latency NONE = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong longest = new AtomicLong();
    /* The longest of the minute of the last record, and of the minute before that. */
    private final AtomicLong minute = new AtomicLong();
    private final AtomicLong longestOfMinute = new AtomicLong();
    private final AtomicLong longestBefore = new AtomicLong();

    /**
     * Counts one duration. By the writer only.
     *
     * @param now the time of the record, by a clock that starts at 0
     * @throws IllegalArgumentException if it is negative
     */
    public void record(long nanos, long now) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos must not be negative: " + nanos);
        }
        /* The maximum first, then the count by release: a thread that reads the count reads the maximum. */
        if (nanos > longest.getPlain()) {
            longest.setOpaque(nanos);
        }
        startMinute(now / MINUTE_NANOS);
        if (nanos > longestOfMinute.getPlain()) {
            longestOfMinute.setOpaque(nanos);
        }
        int bucket = bucketOf(nanos);
        counts.setRelease(bucket, counts.getPlain(bucket) + 1);
    }

    private void startMinute(long next) {
        long known = minute.getPlain();
        if (next > known) {
            longestBefore.setOpaque(next == known + 1 ? longestOfMinute.getPlain() : 0);
            longestOfMinute.setOpaque(0);
            minute.setRelease(next);
        }
    }

    /* The longest of the present and of the previous minute. A racing record may be missed. */
    private long recent(long now) {
        long passed = now / MINUTE_NANOS - minute.getAcquire();
        if (passed > 1) {
            return 0;
        }
        long last = longestOfMinute.getOpaque();
        return passed == 1 ? last : Math.max(last, longestBefore.getOpaque());
    }

    /**
     * Returns the durations recorded so far. By any thread.
     *
     * @param now the time now, by the clock of the records
     */
    public Latency snapshot(long now) {
        long[] seen = new long[BUCKETS];
        long total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen[bucket] = counts.getAcquire(bucket);
            total += seen[bucket];
        }
        if (total == 0) {
            return NONE;
        }
        long recent = recent(now);
        long max = longest.getOpaque();
        return new Latency(
                total,
                Duration.ofNanos(Math.min(max, valueAt(seen, total - total / 2))),
                Duration.ofNanos(Math.min(max, valueAt(seen, total - total / 100))),
                Duration.ofNanos(max),
                Duration.ofNanos(Math.min(max, recent)));
    }

    /** Returns the upper bound of the bucket of the {@code rank}-th shortest duration, counted from 1. */
    private static long valueAt(long[] seen, long rank) {
        int bucket = 0;
        long passed = seen[0];
        while (passed < rank) {
            bucket++;
            passed += seen[bucket];
        }
        return upperBound(bucket);
    }

    private static int bucketOf(long nanos) {
        if (nanos < PARTS) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - PART_BITS - Long.numberOfLeadingZeros(nanos);
        return shift * PARTS + (int) (nanos >>> shift);
    }

    private static long upperBound(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        long next = PARTS + 1L + bucket % PARTS;
        return (next << shift) - 1;
    }
}
