package io.presence.bench.fanout.peer;

/**
 * Something that tells each event to all who listen, on the thread that publishes it.
 *
 * <p><b>Threads.</b> For one.
 */
public interface Hub extends AutoCloseable {
    /** Adds a listener, which is an object of its own. */
    Ear add();

    /** Ends the adding. */
    default void ready() {}

    /** Tells all listeners an event, and returns when they have been told. */
    void publish(long number);

    @Override
    default void close() {}
}
