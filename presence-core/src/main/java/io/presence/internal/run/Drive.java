package io.presence.internal.run;

/** What makes the duty cycle of a store go round: a thread of its own, or its caller. */
public interface Drive extends AutoCloseable {

    /**
     * Does one round.
     *
     * @return how much was done; 0 if there was nothing
     * @throws IllegalStateException if this drive has a thread of its own, or another thread is in the round
     */
    int doWork();

    /**
     * Does a last round that dispatches what was written and ends the subscriptions. Waits for it, unless called by the
     * round itself. Does nothing the second time.
     */
    @Override
    void close();
}
