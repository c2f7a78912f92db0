package io.presence.bench.store.peer;

import io.presence.PresenceUpsert;
import org.jspecify.annotations.Nullable;

/**
 * Presences by id, each of which ends when it was not renewed for the lifetime that all have.
 *
 * <p><b>Threads.</b> {@link #touch}, {@link #upsert} and {@link #maintain} by any thread, the rest by one.
 */
public interface Store extends AutoCloseable {
    /** Puts a presence in that keeps the texts and the metadata of {@code whole} itself, not copies. */
    void put(PresenceUpsert whole);

    /** Renews a presence of which the caller has a record. False if it is over. */
    boolean touch(PlainPresence held);

    /** Writes a record that differs from the caller's in its status. */
    void upsert(PlainPresence held, String status);

    /** Does what is due since the last call, if that is left to the caller. */
    default void maintain() {}

    /** Returns the status of a presence, or null if it is over. */
    @Nullable String status(String id);

    /** Returns how many presences are not over, after all that is due has been done. */
    long size();

    @Override
    default void close() {}
}
