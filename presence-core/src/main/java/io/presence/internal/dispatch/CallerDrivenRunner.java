package io.presence.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a round when called. A call from within the round (by a listener) does nothing, so that rounds never nest.
 *
 * <p><b>Threads.</b> {@link #doWork} by one thread at a time, the rest by any thread.
 */
public final class CallerDrivenRunner implements DutyCycleRunner {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DutyCycle cycle;
    private final CloseDeadline deadline;
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closing;
    /* Guarded by being the driver. */
    private boolean closed;

    /**
     * Drives a cycle.
     *
     * @param cycle the rounds to run
     * @param deadline when the last rounds stop delivering
     */
    public CallerDrivenRunner(DutyCycle cycle, CloseDeadline deadline) {
        this.cycle = cycle;
        this.deadline = deadline;
    }

    @Override
    public int doWork() {
        if (!enter()) {
            return 0;
        }
        try {
            return closed ? afterwards() : cycle.doWork();
        } finally {
            leave();
        }
    }

    /*
     * Nothing waited for the listeners if one of them closed the store: the rounds that follow look whether time is up.
     */
    private int afterwards() {
        if (deadline.isPassed()) {
            cycle.abandon();
        }
        return 0;
    }

    private void pause() {
        LockSupport.parkNanos(this, PAUSE_NANOS);
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
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /* A closer that came too late to enter has left its wish, which is looked for after the driver has left, too. */
    private void leave() {
        do {
            try {
                finishIfAsked();
                restoreInterrupt();
            } finally {
                driver.set(null);
            }
        } while (closing && !ended.isDone() && driver.compareAndSet(null, Thread.currentThread()));
    }

    /* The thread is the host's: a flag that was cleared between two listeners is set again. */
    private void restoreInterrupt() {
        if (cycle.takeInterrupts() > 0) {
            Thread.currentThread().interrupt();
        }
    }

    private void finishIfAsked() {
        if (closing && !closed) {
            closed = true;
            try {
                cycle.finish(deadline, this::pause);
            } finally {
                ended.complete(null);
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
