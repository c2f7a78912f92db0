package io.presence.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A nanosecond clock that a benchmark moves forward, so that half a minute takes less.
 *
 * <p>{@code ManualClock} is not used here: it starts before an overflow, which the peers do not support, and it
 * allocates when it is moved.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class SkippingClock implements LongSupplier {

    private final AtomicLong skippedNanos = new AtomicLong();
    private final boolean isStopped;

    private SkippingClock(boolean isStopped) {
        this.isStopped = isStopped;
    }

    /** Returns a clock that runs like {@link System#nanoTime} between two calls of {@link #skip}. */
    public static SkippingClock running() {
        return new SkippingClock(false);
    }

    /** Returns a clock that stands at 0 and is moved by {@link #skip} alone. */
    public static SkippingClock stopped() {
        return new SkippingClock(true);
    }

    @Override
    public long getAsLong() {
        long skipped = skippedNanos.get();
        return isStopped ? skipped : System.nanoTime() + skipped;
    }

    /** Moves the clock forward. */
    public void skip(long nanos) {
        skippedNanos.getAndAdd(nanos);
    }
}
