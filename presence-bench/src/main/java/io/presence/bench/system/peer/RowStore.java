package io.presence.bench.system.peer;

import java.time.Duration;

/**
 * Keeps rows by id, each for a while, and tells listeners of those that they are interested in.
 *
 * <p><b>Threads.</b> For one; listeners are called by any.
 */
public interface RowStore extends AutoCloseable {
    /** How long a row is kept after it was written. Longer than any trial, so that what is told can be counted on. */
    Duration TTL = Duration.ofMinutes(5);

    /** Adds a listener. */
    void listen(Interest interest, RowListener listener);

    /** Waits until all that was written is there, and all who listen are known. */
    default void ready() {}

    /** Writes a row. May return before others see it. */
    void upsert(Row row);

    /** Tells what is left to be told, and ends. */
    @Override
    void close();
}
