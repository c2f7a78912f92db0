package io.presence.internal.store;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a store: a monotonic one on which lifetimes run, and the wall clock, which only translates at the
 * edge.
 *
 * <p>{@link #now()} counts from when the store was built, so that it is never negative and does not wrap for centuries.
 *
 * <p><b>Threads.</b> As safe as the two sources.
 */
public final class Clocks {

    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final long origin;

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

    long wallMillis() {
        return wallClock.millis();
    }
}
