package io.presence.internal.dispatch;

import java.util.concurrent.CompletableFuture;

/** The driver of a store's duty cycle: a thread of its own, or its caller. */
public interface DutyCycleRunner {

    /**
     * Runs one round.
     *
     * @return how much was done; 0 if there was nothing
     * @throws IllegalStateException if this drive has a thread of its own, or another thread is in the round
     */
    int doWork();

    /** Returns whether rounds are run, or can be run by the caller: false once {@link #close} was called. */
    boolean isRunning();

    /**
     * Asks for the last rounds, which dispatch what was written and end the subscriptions. A caller-driven drive runs them now,
     * unless a thread is in a round, which then runs them at its end. Does not throw; does nothing the second time.
     */
    void close();

    /** Returns whether a thread is the one that runs rounds now, and so must not wait for them. */
    boolean isDrivenBy(Thread candidate);

    /** Completes when the last round has ended, after {@link #close}. */
    CompletableFuture<Void> ended();
}
