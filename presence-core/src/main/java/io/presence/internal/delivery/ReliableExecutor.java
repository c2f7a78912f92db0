package io.presence.internal.delivery;

import java.util.concurrent.Executor;

/**
 * An executor of the store that runs or rejects each task and drops none, so that no drain is submitted again.
 *
 * <p><b>Threads.</b> {@link #nudge} and {@link #idleNanos} by the dispatcher, {@link #isShort} by any thread.
 */
public interface ReliableExecutor extends Executor {

    /**
     * Adds a thread if tasks have waited for one. Called once in each duty cycle.
     *
     * @param nanos the value of a monotonic clock
     */
    void nudge(long nanos);

    /** Returns the nanoseconds for which {@link #nudge} has nothing to do. */
    long idleNanos();

    /** Returns whether tasks wait for a thread and none can be added. */
    boolean isShort();
}
