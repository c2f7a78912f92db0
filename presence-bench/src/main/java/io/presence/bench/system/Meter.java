package io.presence.bench.system;

import io.presence.bench.system.peer.Ear;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Counts what listeners are told and, while writes are timed, how long after a write was due they were told of it. The listeners
 * are objects of their own, which share this.
 *
 * <p><b>Threads.</b> Listeners by any, the rest by one.
 */
final class Meter {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final AtomicLong told = new AtomicLong();
    private final Histogram latencies = new ConcurrentHistogram(3);
    private volatile boolean isTiming;
    private long firstNumber;
    private long startNanos;
    private long intervalNanos;

    private static final class Listener implements Ear {
        private final Meter meter;

        Listener(Meter meter) {
            this.meter = meter;
        }

        @Override
        public void enter(String id, long number) {
            meter.hear(number);
        }

        @Override
        public void update(String id, long number) {
            meter.hear(number);
        }

        @Override
        public void exit(String id) {
            meter.told.incrementAndGet();
        }
    }

    /** Makes a listener. */
    Ear listener() {
        return new Listener(this);
    }

    private void hear(long number) {
        if (isTiming) {
            latencies.recordValue(Math.max(0, System.nanoTime() - dueNanos(number)));
        }
        told.incrementAndGet();
    }

    /** Starts to time: one write is due after the other. */
    void time(long first, long start, long interval) {
        latencies.reset();
        firstNumber = first;
        startNanos = start;
        intervalNanos = interval;
        isTiming = true;
    }

    /** Ends it. */
    Histogram timed() {
        isTiming = false;
        return latencies;
    }

    long dueNanos(long number) {
        return startNanos + (number - firstNumber) * intervalNanos;
    }

    /** Waits until so much was told, which is all that is to be told. */
    void await(long all) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (told.get() < all) {
            LockSupport.parkNanos(POLL_NANOS);
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("all must be told: " + told.get() + " of " + all);
            }
        }
        if (told.get() > all) {
            throw new IllegalStateException("nothing must be told twice: " + told.get() + " of " + all);
        }
    }
}
