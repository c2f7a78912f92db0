package io.presence.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until a time with microsecond precision: it sleeps first and spins at the end. */
public final class PreciseSleep {

    /* Linux wakes a sleeping thread about 60 us late. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private PreciseSleep() {}

    /**
     * Waits until {@link System#nanoTime} has reached a value. The spin does not yield, because a thread that yields
     * may lose milliseconds.
     */
    public static void await(long dueNanos) {
        long left;
        while ((left = dueNanos - System.nanoTime()) > 0) {
            if (left > AWAKE_NANOS) {
                LockSupport.parkNanos(left - AWAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
