package io.presence.internal.run;

/** The driver of a store's duty cycle: a thread of its own, or its caller. */
public interface Drive {

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
     * Asks for a last round that dispatches what was written and ends the subscriptions. A caller-driven drive runs it now,
     * unless another thread is in a round, which then runs it at its end. Does nothing the second time.
     */
    void close();

    /** Returns whether a thread is the one that runs rounds now, and so must not wait for them. */
    boolean isDrivenBy(Thread candidate);

    /**
     * Waits for the last round to end, after {@link #close}, at most so long.
     *
     * @param nanos the longest wait
     * @return whether it has ended
     */
    boolean awaitEnd(long nanos);
}
