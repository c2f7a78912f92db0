package io.presence.bench.store.peer;

import io.presence.PresenceUpsert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presences by id. Each expires if it is not extended for the TTL of the store.
 *
 * <p><b>Threads.</b> {@link #touch}, {@link #upsert} and {@link #maintain} are for any thread, the other methods for
 * one.
 */
public interface Store extends AutoCloseable {

    /** Puts a presence that keeps the strings and the metadata of {@code whole} without copies. */
    void put(PresenceUpsert whole);

    /** Sends a heartbeat of a presence. Returns false if it has expired. */
    boolean touch(PlainPresence held);

    /** Sends a heartbeat of each presence. Returns the number of those that have not expired. */
    default int touchAll(List<PlainPresence> held) {
        int alive = 0;
        for (int i = 0; i < held.size(); i++) {
            alive += touch(held.get(i)) ? 1 : 0;
        }
        return alive;
    }

    /** Writes a record that differs from the caller's record in its status. */
    void upsert(PlainPresence held, String status);

    /** Writes such a record for each presence. */
    default void upsertAll(List<PlainPresence> held, String status) {
        for (int i = 0; i < held.size(); i++) {
            upsert(held.get(i), status);
        }
    }

    /** Does the work that is due since the last call, if the caller drives the store. */
    default void maintain() {}

    /** Returns the status of a presence, or null if it has expired. */
    @Nullable String status(String id);

    /** Does all work that is due and returns the number of live presences. */
    long size();

    @Override
    default void close() {}
}
