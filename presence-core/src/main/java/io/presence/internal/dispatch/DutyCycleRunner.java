package io.presence.internal.dispatch;

import io.presence.internal.stats.FailureLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/** The driver of the duty cycle of a store: a thread of the store, or its caller. */
public interface DutyCycleRunner {

    /**
     * Returns a runner whose cycles the caller runs.
     *
     * @param deadline the time at which the last cycles stop delivering
     */
    static DutyCycleRunner callerDriven(DutyCycle cycle, CloseDeadline deadline) {
        return new CallerDrivenRunner(cycle, deadline);
    }

    /**
     * Starts a dispatcher thread, which runs the cycles.
     *
     * @param parker parks the thread
     * @param threads creates the thread
     * @param failures counts and logs failures
     * @param deadline the time at which the last cycles stop delivering
     * @param onEnd called by the thread after the last cycle; may wait until the deadline
     * @throws IllegalStateException if the factory throws, returns null, or returns a thread that does not start
     */
    static DutyCycleRunner startThread(
            DutyCycle cycle,
            Parker parker,
            ThreadFactory threads,
            FailureLog failures,
            CloseDeadline deadline,
            Runnable onEnd) {
        return new DispatcherThread(cycle, parker, threads, failures, deadline, onEnd);
    }

    /**
     * Runs one duty cycle.
     *
     * @return the number of operations done; 0 if there was no work
     * @throws IllegalStateException if the store has a dispatcher thread, or another thread runs a cycle
     */
    int doWork();

    /** Returns whether cycles run, or the caller can run them: false once {@link #close} was called. */
    boolean isRunning();

    /**
     * Requests the last cycles, which dispatch what was written and end the subscriptions. In a caller-driven store
     * this call runs them, unless a thread runs a cycle: then that thread runs them after its cycle. Does not throw.
     * Does nothing the second time.
     */
    void close();

    /** Returns whether a thread is running cycles now, and so must not wait for them. */
    boolean isDrivenBy(Thread candidate);

    /** Returns a future that completes when the last cycle has ended, after {@link #close}. */
    CompletableFuture<Void> ended();
}
