package io.presence.internal.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The driver of a caller-driven store: it runs one duty cycle for each call of {@link #doWork}. A call from within a
 * cycle, by a listener, does nothing, so that cycles do not nest.
 *
 * <p><b>Threads.</b> {@link #doWork} by one thread at a time, the rest by any thread.
 */
final class CallerDrivenRunner implements DutyCycleRunner {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final DutyCycle cycle;
    private final CloseDeadline deadline;
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closing;
    /* Accessed by the driver only. */
    private boolean closed;

    /**
     * Creates a runner.
     *
     * @param deadline the time at which the last cycles stop delivering
     */
    CallerDrivenRunner(DutyCycle cycle, CloseDeadline deadline) {
        this.cycle = cycle;
        this.deadline = deadline;
    }

    @Override
    public int doWork() {
        if (!enter()) {
            return 0;
        }
        try {
            return closed ? afterClose() : cycle.doWork();
        } finally {
            leave();
        }
    }

    /* If a listener has closed the store, that call did not wait for the deadline. So later calls check it. */
    private int afterClose() {
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

    /* A caller of close() that could not become the driver has set `closing`, which is read again after each leave. */
    private void leave() {
        do {
            try {
                finishIfClosing();
                restoreInterrupt();
            } finally {
                driver.set(null);
            }
        } while (closing && !ended.isDone() && driver.compareAndSet(null, Thread.currentThread()));
    }

    /* The thread belongs to the host: an interrupt that was cleared between two listeners is set again. */
    private void restoreInterrupt() {
        if (cycle.takeInterrupts() > 0) {
            Thread.currentThread().interrupt();
        }
    }

    private void finishIfClosing() {
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
