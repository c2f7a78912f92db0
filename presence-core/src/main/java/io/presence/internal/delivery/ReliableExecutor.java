package io.presence.internal.delivery;

import java.util.concurrent.Executor;

/**
 * An executor of the store itself, which runs or refuses what it is given, so that no turn needs to be submitted again.
 *
 * <p><b>Threads.</b> {@link #nudge} and {@link #idleNanos} by the dispatcher, {@link #isShort} by any thread.
 */
public interface ReliableExecutor extends Executor {

    /**
     * Adds a thread if turns have waited for one. Called once in each round.
     *
     * @param nanos a monotonic clock
     */
    void nudge(long nanos);

    /** Returns how long {@link #nudge} need not be called. */
    long idleNanos();

    /** Tells whether turns wait and no thread can be added. */
    boolean isShort();
}
