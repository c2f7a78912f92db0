package io.presence.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time after which a closing store does not call a listener any more. The first call of {@code close()} sets it.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
public final class CloseDeadline {

    private final LongSupplier nanos;
    private final long timeoutNanos;
    private final AtomicReference<@Nullable Long> end = new AtomicReference<>();

    /**
     * Creates a deadline that is not set.
     *
     * @param nanos a monotonic clock that does not fail; not the clock of the host
     * @param timeout the time from the first call of {@code close()} to the deadline
     */
    public CloseDeadline(LongSupplier nanos, Duration timeout) {
        this.nanos = nanos;
        this.timeoutNanos = timeout.toNanos();
    }

    /** Sets the deadline to now plus the timeout. Does nothing the second time. */
    public void start() {
        end.compareAndSet(null, nanos.getAsLong() + timeoutNanos);
    }

    /** Returns the time until the deadline: 0 if it has passed, the timeout if it is not set. */
    public long remainingNanos() {
        Long at = end.get();
        return at == null ? timeoutNanos : Math.max(0, at - nanos.getAsLong());
    }

    /** Returns whether the store is closing. */
    boolean isStarted() {
        return end.get() != null;
    }

    /** Returns whether the deadline is set and has passed. */
    public boolean isPassed() {
        return isStarted() && remainingNanos() == 0;
    }

    /** As {@link #isPassed}, except that it is false for a timeout of zero, so that the last cycles still run. */
    boolean hasRunOut() {
        return timeoutNanos > 0 && isPassed();
    }
}
