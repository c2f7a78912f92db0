package io.presence.bench.fanout.peer;

/**
 * Something that tells each event to all who listen, on the thread that publishes it.
 *
 * <p><b>Threads.</b> For one.
 */
public interface FanOut extends AutoCloseable {
    /** Adds a listener, which is an object of its own. */
    CountingListener add();

    /** Ends the adding. */
    default void ready() {}

    /** Tells all listeners an event, and returns when they have been delivered. */
    void publish(long number);

    @Override
    default void close() {}
}
