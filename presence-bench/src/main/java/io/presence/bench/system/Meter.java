package io.presence.bench.system;

import io.presence.bench.system.peer.RowListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Counts deliveries and, during a timed phase, records the time from when a write was due to its delivery. The
 * listeners are objects of their own that share this meter.
 *
 * <p><b>Threads.</b> Listeners are called by any thread. The other methods are for one.
 */
final class Meter {

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final AtomicLong delivered = new AtomicLong();
    private final Histogram latencies = new ConcurrentHistogram(3);
    private volatile boolean isTiming;
    private long firstNumber;
    private long startNanos;
    private long intervalNanos;

    private static final class Listener implements RowListener {
        private final Meter meter;

        Listener(Meter meter) {
            this.meter = meter;
        }

        @Override
        public void enter(String id, long number) {
            meter.record(number);
        }

        @Override
        public void update(String id, long number) {
            meter.record(number);
        }

        @Override
        public void exit(String id) {
            meter.delivered.incrementAndGet();
        }
    }

    /** Makes a listener. */
    RowListener listener() {
        return new Listener(this);
    }

    private void record(long number) {
        if (isTiming) {
            latencies.recordValue(Math.max(0, System.nanoTime() - dueNanos(number)));
        }
        delivered.incrementAndGet();
    }

    /** Starts a timed phase in which writes are due at a fixed interval. */
    void time(long first, long start, long interval) {
        latencies.reset();
        firstNumber = first;
        startNanos = start;
        intervalNanos = interval;
        isTiming = true;
    }

    /** Ends the timed phase. */
    Histogram timed() {
        isTiming = false;
        return latencies;
    }

    long dueNanos(long number) {
        return startNanos + (number - firstNumber) * intervalNanos;
    }

    /** Waits until the number of deliveries is the total of those expected. */
    void await(long all) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (delivered.get() < all) {
            LockSupport.parkNanos(POLL_NANOS);
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("deliveries must be complete: " + delivered.get() + " of " + all);
            }
        }
        if (delivered.get() > all) {
            throw new IllegalStateException("deliveries must not repeat: " + delivered.get() + " of " + all);
        }
    }
}
