package io.presence.bench.fanout.peer;

/**
 * Delivers each event to all listeners on the thread that publishes it.
 *
 * <p><b>Threads.</b> For one thread.
 */
public interface FanOut extends AutoCloseable {

    /** Adds a listener, which is an object of its own. */
    CountingListener add();

    /** Called after the last listener is added. */
    default void ready() {}

    /** Delivers an event to all listeners and returns after the last delivery. */
    void publish(long number);

    @Override
    default void close() {}
}
