package io.presence.bench.system.peer;

import java.time.Duration;

/**
 * Keeps rows by id for a TTL and delivers changes to the listeners whose interest they match.
 *
 * <p><b>Threads.</b> For one thread. Listeners are called by any thread.
 */
public interface RowStore extends AutoCloseable {

    /** The TTL of a row. It is longer than any trial, so that the number of deliveries is known. */
    Duration TTL = Duration.ofMinutes(5);

    /** Adds a listener. */
    void listen(Interest interest, RowListener listener);

    /** Waits until all writes are stored and all listeners are active. */
    default void ready() {}

    /** Writes a row. The method may return before the write is visible. */
    void upsert(Row row);

    /** Delivers what is pending and stops. */
    @Override
    void close();
}
