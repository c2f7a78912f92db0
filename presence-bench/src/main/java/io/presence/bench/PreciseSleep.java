package io.presence.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until something is due, to the microsecond: asleep while there is time, then turning round. */
public final class PreciseSleep {
    /* Linux wakes some 60 us late, and others may be running by then. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private PreciseSleep() {}

    /** Waits until {@link System#nanoTime} has got there. Does not yield: who does may not be back for milliseconds. */
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
