package io.presence.internal.run;

import io.presence.internal.bus.DutyCycle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a round when called. A call from within the round (by a listener) does nothing, so that rounds never nest.
 *
 * <p><b>Threads.</b> {@link #doWork} by one thread at a time, the rest by any thread.
 */
public final class CallerDrive implements Drive {

    private final DutyCycle cycle;
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    /* Guarded by being the driver. */
    private boolean closed;

    /**
     * Drives a cycle.
     *
     * @param cycle the rounds to run
     */
    public CallerDrive(DutyCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    public int doWork() {
        if (!enter()) {
            return 0;
        }
        try {
            return closed ? 0 : cycle.doWork();
        } finally {
            leave();
        }
    }

    @Override
    public boolean isRunning() {
        return !closing;
    }

    @Override
    public void close() {
        closing = true;
        if (driver.compareAndSet(null, Thread.currentThread())) {
            leave();
        }
    }

    @Override
    public boolean isDrivenBy(Thread candidate) {
        return driver.get() == candidate;
    }

    @Override
    public boolean awaitEnd(long nanos) {
        try {
            return ended.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended.getCount() == 0;
        }
    }

    /* A closer that came too late to enter has left its wish, which is looked for after the driver has left, too. */
    private void leave() {
        do {
            try {
                finishIfAsked();
            } finally {
                driver.set(null);
            }
        } while (closing && ended.getCount() > 0 && driver.compareAndSet(null, Thread.currentThread()));
    }

    private void finishIfAsked() {
        if (closing && !closed) {
            closed = true;
            try {
                cycle.onClose();
            } finally {
                ended.countDown();
            }
        }
    }

    private boolean enter() {
        Thread caller = Thread.currentThread();
        Thread running = driver.compareAndExchange(null, caller);
        if (running != null && running != caller) {
            if (closing) {
                return false;
            }
            throw new IllegalStateException("doWork must be called by one thread at a time: " + running.getName());
        }
        return running == null;
    }
}
