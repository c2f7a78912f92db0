package io.presence.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A manual clock for tests, which serves as both clocks of a store: as a {@link LongSupplier} it is the monotonic
 * clock, and as an {@link InstantSource} the wall clock. Time stands still until the test moves it. The wall clock
 * starts at {@link #START} by default. The monotonic clock starts one second before its nanoseconds overflow, since any
 * origin is legal.
 *
 * <p>A {@link ManualStore} has a clock of this class. For any other store, use
 * {@code builder.nanoClock(clock).wallClock(clock)}.
 *
 * <p><b>Threads.</b> Safe for use by any thread. A store with a thread of its own reads the clocks at least once a
 * second.
 */
public final class ManualClock implements LongSupplier, InstantSource {

    /** The default start of the wall clock: 2026-01-01, midnight UTC. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long NANOS_TO_OVERFLOW = 1_000_000_000;

    private volatile long nanos = Long.MAX_VALUE - NANOS_TO_OVERFLOW;
    private volatile Instant wall;

    /** Creates a clock whose wall clock starts at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * Creates a clock.
     *
     * @param wall the start of the wall clock
     */
    public ManualClock(Instant wall) {
        this.wall = requireNonNull(wall, "wall must not be null");
    }

    /**
     * Returns the time of the monotonic clock.
     *
     * @return nanoseconds from an arbitrary origin
     */
    @Override
    public long getAsLong() {
        return nanos;
    }

    /**
     * Returns the time of the wall clock.
     *
     * @return the time of day
     */
    @Override
    public Instant instant() {
        return wall;
    }

    /**
     * Moves both clocks forward.
     *
     * @param time not negative
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized void advance(Duration time) {
        if (requireNonNull(time, "time must not be null").isNegative()) {
            throw new IllegalArgumentException("time must not be negative: " + time);
        }
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /**
     * Sets the wall clock alone, as an operator or a time server does. Deadlines are not affected.
     *
     * @param to the new time, earlier or later
     */
    public synchronized void setWall(Instant to) {
        wall = requireNonNull(to, "to must not be null");
    }
}
