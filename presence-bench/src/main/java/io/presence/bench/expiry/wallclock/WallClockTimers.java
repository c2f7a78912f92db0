package io.presence.bench.expiry.wallclock;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Timers that expire in real time on a thread of their own.
 *
 * <p><b>Threads.</b> For one thread. The listener is called by a thread of the timers.
 */
public interface WallClockTimers extends AutoCloseable {

    /** Arms a timer that is not armed. */
    void set(String id, Duration in);

    /** Waits until all armed timers are scheduled. */
    void settle() throws InterruptedException;

    @Override
    void close();

    /** A factory of timers. */
    @FunctionalInterface
    interface Factory {
        /**
         * Returns timers of which none is armed.
         *
         * @param count the maximum number of armed timers
         * @param threads the factory of their threads
         * @param due called with the id of each timer that expires, by one of these threads
         */
        WallClockTimers create(int count, ThreadFactory threads, Consumer<String> due);
    }
}
