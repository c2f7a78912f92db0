package io.presence.internal.dispatch;

import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A thread that runs the duty cycle and parks until the next deadline if there is nothing to do. Only {@link #close}
 * ends it: whatever a round throws is counted, logged and followed by the next round, and an interrupt is cleared and
 * counted.
 *
 * <p>While rounds fail without getting anything done, the thread parks between them, 1 ms at first and twice as long
 * each time, up to 1 s.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class DispatcherThread implements DutyCycleRunner {

    /* However far the next deadline is, so that a clock that does not advance with time is read again. */
    private static final long MAX_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEAST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String ROUND_FAILED = "a dispatch round failed, the dispatcher continues";
    private static final String LAST_ROUND_FAILED = "the last dispatch round failed, the store is closed";
    private static final String INTERRUPTED = "the dispatcher was interrupted, which is ignored: only close() ends it";

    private final DutyCycle cycle;
    private final Parker parker;
    private final FailureLog failures;
    private final CloseDeadline deadline;
    private final Runnable conclusion;
    private final LongSupplier idle = this::idleNanos;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;
    /* Confined to the thread. */
    private long backoff;

    /**
     * Starts the thread.
     *
     * @param cycle the rounds to run
     * @param parker where the thread waits
     * @param threads makes the thread
     * @param failures where failures are counted and logged
     * @param deadline when the last rounds stop delivering
     * @param conclusion called by the thread after the last round; may wait until the deadline
     * @throws IllegalStateException if the factory throws, returns null, or returns a thread that does not start
     */
    public DispatcherThread(
            DutyCycle cycle,
            Parker parker,
            ThreadFactory threads,
            FailureLog failures,
            CloseDeadline deadline,
            Runnable conclusion) {
        this.cycle = cycle;
        this.parker = parker;
        this.failures = failures;
        this.deadline = deadline;
        this.conclusion = conclusion;
        this.thread = started(threads, this::run);
    }

    private static Thread started(ThreadFactory threads, Runnable task) {
        Thread made;
        try {
            made = threads.newThread(task);
        } catch (Throwable thrown) {
            throw new IllegalStateException("threadFactory must return a thread: " + thrown, thrown);
        }
        if (made == null) {
            throw new IllegalStateException("threadFactory must return a thread: null");
        }
        try {
            made.start();
        } catch (Throwable thrown) {
            throw new IllegalStateException("threadFactory must return a thread that starts: " + thrown, thrown);
        }
        return made;
    }

    private void run() {
        /* The outer loop is for what is thrown outside the inner one, where an asynchronous stop can strike. */
        while (!closing) {
            try {
                runRounds();
            } catch (Throwable thrown) {
                failed(ROUND_FAILED, thrown);
            }
        }
        try {
            cycle.finish(deadline, this::pause);
        } catch (Throwable thrown) {
            failed(LAST_ROUND_FAILED, thrown);
        } finally {
            ended.complete(null);
        }
        try {
            conclusion.run();
        } catch (Throwable thrown) {
            failed(LAST_ROUND_FAILED, thrown);
        }
    }

    private void pause() {
        clearInterrupt();
        LockSupport.parkNanos(this, LEAST_BACKOFF_NANOS);
    }

    private void runRounds() {
        while (!closing) {
            try {
                round();
            } catch (Throwable thrown) {
                failed(ROUND_FAILED, thrown);
                backOff();
                LockSupport.parkNanos(this, backoff);
            }
        }
    }

    private void round() {
        clearInterrupt();
        int work = cycle.doWork();
        clearInterrupt();
        if (work > 0) {
            backoff = 0;
            return;
        }
        if (cycle.hasFailed()) {
            backOff();
        } else {
            backoff = 0;
        }
        parker.park(idle);
    }

    private void backOff() {
        backoff = Math.min(MAX_PARK_NANOS, Math.max(LEAST_BACKOFF_NANOS, 2 * backoff));
    }

    private void clearInterrupt() {
        int interrupts = cycle.takeInterrupts() + (Thread.interrupted() ? 1 : 0);
        for (int i = 0; i < interrupts; i++) {
            failures.report(Kind.INTERRUPT, Level.WARNING, INTERRUPTED, null);
        }
    }

    private long idleNanos() {
        if (closing) {
            return 0;
        }
        return backoff > 0 ? backoff : Math.min(cycle.idleNanos(), MAX_PARK_NANOS);
    }

    /* Must not throw: it runs where nothing catches. */
    private void failed(String message, Throwable thrown) {
        try {
            failures.report(Kind.DISPATCH, Level.ERROR, message, thrown);
        } catch (Throwable again) {
            /* Out of stack, most likely. There is nothing left to report it to. */
            Thread.onSpinWait();
        }
    }

    @Override
    public int doWork() {
        throw new IllegalStateException("doWork must be called on a caller-driven store: " + thread.getName());
    }

    @Override
    public boolean isRunning() {
        return !closing && thread.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        parker.unpark();
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isDrivenBy(Thread candidate) {
        return candidate == thread;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }
}
