package io.presence.transport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nothing signals. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    private Await() {}

    /** Polls a condition, and fails after the deadline. */
    public static void until(String rule, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(rule + " within " + DEADLINE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
