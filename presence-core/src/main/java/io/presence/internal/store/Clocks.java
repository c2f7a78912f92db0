package io.presence.internal.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a store: a monotonic clock for deadlines, and the wall clock for the times that presences show.
 *
 * <p>{@link #now()} counts from the creation of the store, so it is never negative and does not overflow for
 * centuries.
 *
 * <p><b>Threads.</b> As safe as the two sources.
 */
public final class Clocks {

    /* The tolerated error of a shift. A wall clock with whole milliseconds has this error. */
    private static final long TOLERATED_MICROS = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** The shift before the first measurement. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final long origin;
    private volatile long shift = UNKNOWN;

    /**
     * Starts counting.
     *
     * @param nanoClock nanoseconds of any origin, never running backwards
     * @param wallClock the time of day
     */
    public Clocks(LongSupplier nanoClock, InstantSource wallClock) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.origin = nanoClock.getAsLong();
    }

    /**
     * Reads the monotonic clock.
     *
     * @return nanoseconds since the store was built
     */
    public long now() {
        return nanoClock.getAsLong() - origin;
    }

    /**
     * Measures the difference between the wall clock and {@link #now()}. The previous result is kept while it is
     * right to a millisecond, so that two readers get the same times; after a jump of the wall clock it is replaced.
     * If a clock fails, the previous result is kept.
     *
     * @return microseconds
     */
    long shift() {
        long known = shift;
        try {
            long before = now();
            Instant wall = wallClock.instant();
            long after = now();
            long micros = Math.addExact(
                    Math.multiplyExact(wall.getEpochSecond(), MICROS_PER_SECOND), wall.getNano() / NANOS_PER_MICRO);
            long least = micros - after / NANOS_PER_MICRO;
            long most = micros - before / NANOS_PER_MICRO;
            if (known < least - TOLERATED_MICROS || known > most + TOLERATED_MICROS) {
                known = least;
                shift = known;
            }
        } catch (Throwable failed) {
            /*
             * Reads continue with the previous shift. The next write fails with this error, or the dispatcher counts
             * it.
             */
        }
        return known;
    }

    /** As {@link #now()}, or later than any time if the clock fails. */
    public long nowOrNever() {
        try {
            return now();
        } catch (Throwable failed) {
            return Long.MAX_VALUE;
        }
    }

    /** The result of the last measurement, or {@link #UNKNOWN}. */
    long knownShift() {
        return shift;
    }

    /** Converts a reading of {@link #now()} to wall clock milliseconds by a known shift. */
    static long wallMillis(long nanos, long shift) {
        return Math.floorDiv(nanos / NANOS_PER_MICRO + shift, MICROS_PER_MILLI);
    }

    /** Reads the wall clock. */
    public long wallMillis() {
        return wallClock.millis();
    }
}
