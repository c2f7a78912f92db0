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
 * A thread that runs the duty cycle and parks until the next deadline if there is no work. Only {@link #close} ends
 * it: an exception is counted and logged, and the next cycle follows. An interrupt is cleared and counted.
 *
 * <p>While cycles fail without doing work, the thread parks between them: 1 ms at first and twice as long each time, up
 * to 1 s.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class DispatcherThread implements DutyCycleRunner {

    /* Even if no deadline is near: a clock of the host that advances in jumps must be read again. */
    private static final long MAX_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MIN_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String CYCLE_FAILED = FailureLog.text("a duty cycle failed, the dispatcher continues");
    private static final String LAST_CYCLE_FAILED = FailureLog.text("the last duty cycle failed, the store is closed");
    private static final String INTERRUPTED =
            FailureLog.text("the dispatcher was interrupted and continues: only close() ends it");

    private final DutyCycle cycle;
    private final Parker parker;
    private final FailureLog failures;
    private final CloseDeadline deadline;
    private final Runnable onEnd;
    private final LongSupplier idle = this::idleNanos;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;
    /* Confined to the thread. */
    private long backoff;

    /** Starts the thread: see {@link DutyCycleRunner#startThread}. */
    DispatcherThread(
            DutyCycle cycle,
            Parker parker,
            ThreadFactory threads,
            FailureLog failures,
            CloseDeadline deadline,
            Runnable onEnd) {
        this.cycle = cycle;
        this.parker = parker;
        this.failures = failures;
        this.deadline = deadline;
        this.onEnd = onEnd;
        this.thread = started(threads, this::run);
    }

    private static Thread started(ThreadFactory threads, Runnable task) {
        Thread thread;
        try {
            thread = threads.newThread(task);
        } catch (Throwable thrown) {
            throw new IllegalStateException("threadFactory must return a thread: " + thrown, thrown);
        }
        if (thread == null) {
            throw new IllegalStateException("threadFactory must return a thread: null");
        }
        try {
            thread.start();
        } catch (Throwable thrown) {
            throw new IllegalStateException("threadFactory must return a thread that starts: " + thrown, thrown);
        }
        return thread;
    }

    private void run() {
        /* The inner loop catches what a cycle throws. The outer one catches what its handler throws. */
        while (!closing) {
            try {
                runCycles();
            } catch (Throwable thrown) {
                failed(CYCLE_FAILED, thrown);
            }
        }
        try {
            cycle.finish(deadline, this::pause);
        } catch (Throwable thrown) {
            failed(LAST_CYCLE_FAILED, thrown);
        } finally {
            ended.complete(null);
        }
        try {
            onEnd.run();
        } catch (Throwable thrown) {
            failed(LAST_CYCLE_FAILED, thrown);
        }
    }

    private void pause() {
        clearInterrupt();
        LockSupport.parkNanos(this, MIN_BACKOFF_NANOS);
    }

    private void runCycles() {
        while (!closing) {
            try {
                runCycle();
            } catch (Throwable thrown) {
                failed(CYCLE_FAILED, thrown);
                backOff();
                LockSupport.parkNanos(this, backoff);
            }
        }
    }

    private void runCycle() {
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
        backoff = Math.min(MAX_PARK_NANOS, Math.max(MIN_BACKOFF_NANOS, 2 * backoff));
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

    /* Must not throw: its callers do not catch. */
    private void failed(String message, Throwable thrown) {
        try {
            failures.report(Kind.DISPATCH, Level.ERROR, message, thrown);
        } catch (Throwable again) {
            /* The stack or the heap is probably exhausted. It can't be reported. */
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
