package io.presence.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The moment after which a store that is closing calls no listener any more. The first call of {@code close()} sets it.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
public final class CloseDeadline {

    private final LongSupplier nanos;
    private final long timeoutNanos;
    private final AtomicReference<@Nullable Long> end = new AtomicReference<>();

    /**
     * Makes a deadline that is not set.
     *
     * @param nanos a monotonic clock that does not fail: not the one of the host
     * @param timeout the time from the first call of {@code close()} to the deadline
     */
    public CloseDeadline(LongSupplier nanos, Duration timeout) {
        this.nanos = nanos;
        this.timeoutNanos = timeout.toNanos();
    }

    /** Starts the time. Does nothing the second time. */
    public void start() {
        end.compareAndSet(null, nanos.getAsLong() + timeoutNanos);
    }

    /** Returns how much time is left: 0 if none is, all of it if it was not started. */
    public long remainingNanos() {
        Long at = end.get();
        return at == null ? timeoutNanos : Math.max(0, at - nanos.getAsLong());
    }

    /** Returns whether the store is closing. */
    boolean isStarted() {
        return end.get() != null;
    }

    /** Returns whether the store is closing and no time is left. */
    public boolean isPassed() {
        return isStarted() && remainingNanos() == 0;
    }

    /** As {@link #isPassed}, except that a timeout of zero keeps no closing thread from running the last rounds itself. */
    boolean hasRunOut() {
        return timeoutNanos > 0 && isPassed();
    }
}
