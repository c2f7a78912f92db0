package io.presence.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks of a store, moved by hand: a {@link LongSupplier} as the monotonic one, an {@link InstantSource} as the
 * wall clock. Both stand still until they are moved. The wall clock starts at {@link #START} unless another time is
 * given; the monotonic one starts one second before its nanoseconds overflow, since any origin is legal.
 *
 * <p>{@link ManualStore} has one. By hand: {@code builder.nanoClock(clock).wallClock(clock)}.
 *
 * <p><b>Threads.</b> Safe for use by any thread. A store with a thread of its own reads the clocks at least once a
 * second.
 */
public final class ManualClock implements LongSupplier, InstantSource {

    /** The first reading of the wall clock: 2026-01-01, midnight UTC. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long NANOS_TO_OVERFLOW = 1_000_000_000;

    private volatile long nanos = Long.MAX_VALUE - NANOS_TO_OVERFLOW;
    private volatile Instant wall;

    /** Makes a clock that stands at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /**
     * Makes a clock that stands at a given time.
     *
     * @param wall the first reading of the wall clock
     */
    public ManualClock(Instant wall) {
        this.wall = requireNonNull(wall, "wall must not be null");
    }

    /**
     * Reads the monotonic clock.
     *
     * @return nanoseconds of no particular origin
     */
    @Override
    public long getAsLong() {
        return nanos;
    }

    /**
     * Reads the wall clock.
     *
     * @return the time of day
     */
    @Override
    public Instant instant() {
        return wall;
    }

    /**
     * Lets time pass: moves both clocks.
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
     * Moves the wall clock alone, as an operator or a time server does. Lifetimes are not affected.
     *
     * @param to the next reading, earlier or later
     */
    public synchronized void setWall(Instant to) {
        wall = requireNonNull(to, "to must not be null");
    }
}
