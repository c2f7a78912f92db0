package io.presence.bench.expiry.wallclock;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** WallClockTimers that go off by themselves, in real time, on a thread of their own. For one thread, but for what it tells. */
public interface WallClockTimers extends AutoCloseable {
    /** Sets an alarm that is not set. */
    void set(String id, Duration in);

    /** Waits until whatever was set is taken in. */
    void settle() throws InterruptedException;

    @Override
    void close();

    /** Makes timers. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes timers of which none is set.
         *
         * @param count how many there will be at most
         * @param threads makes the threads that they run on
         * @param due is delivered the id of each that goes off, by one of these threads
         */
        WallClockTimers create(int count, ThreadFactory threads, Consumer<String> due);
    }
}
