package io.presence.bench.expiry.wallclock;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Alarms that go off by themselves, in real time, on a thread of their own. For one thread, but for what it tells. */
public interface Alarms extends AutoCloseable {
    /** Sets an alarm that is not set. */
    void set(String id, Duration in);

    /** Waits until whatever was set is taken in. */
    void settle() throws InterruptedException;

    @Override
    void close();

    /** Makes alarms. */
    @FunctionalInterface
    interface Maker {
        /**
         * Makes alarms of which none is set.
         *
         * @param count how many there will be at most
         * @param threads makes the threads that they run on
         * @param due is told the id of each that goes off, by one of these threads
         */
        Alarms make(int count, ThreadFactory threads, Consumer<String> due);
    }
}
