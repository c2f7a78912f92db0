package io.presence.bench.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks of a store. They run with the clock of the JVM, and a checkpoint stops them, so that no presence ends
 * while it compares.
 *
 * <p><b>Guarantees.</b> The clock stops at whole ticks from its origin. Each presence that has ended by then is due in
 * the timer wheel, so none remains between its end and its dispatch. Time does not go back.
 *
 * <p><b>Threads.</b> Any thread reads it. One thread stops, moves and starts it.
 */
final class StoppableClock implements LongSupplier, InstantSource {

    private static final long TICK_NANOS = Duration.ofMillis(8).toNanos();

    private final Instant start = Instant.now();
    private volatile State state = new State(0, 0, false);

    private record State(long base, long since, boolean isRunning) {
        long now() {
            return isRunning ? base + (System.nanoTime() - since) : base;
        }
    }

    @Override
    public long getAsLong() {
        return state.now();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(getAsLong());
    }

    /** Starts the clock, which is stopped at 0 at first. */
    void start() {
        state = new State(state.base(), System.nanoTime(), true);
    }

    /** Stops the clock at the next tick. */
    void stop() {
        state = new State((state.now() / TICK_NANOS + 1) * TICK_NANOS, 0, false);
    }

    /** Moves the stopped clock by whole ticks. */
    void skip(Duration time) {
        state = new State(state.base() + time.toNanos() / TICK_NANOS * TICK_NANOS, 0, false);
    }
}
