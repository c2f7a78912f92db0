package io.presence.bench.standing.engine;

import io.presence.query.Query;
import java.util.Map;

/**
 * An engine that finds the standing queries which an event matches.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <E> an event in the engine's form
 */
public interface Engine<E> extends AutoCloseable {

    /** Adds a query under an id. */
    void add(int id, Query.Filter query);

    /** Removes the query with an id. */
    void remove(int id, Query.Filter query);

    /** Called after queries were added, for engines that add them in batches. */
    default void ready() {}

    /** Converts a record to the engine's form. This is not measured. */
    E prepare(Map<String, Object> record);

    /** Adds the ids of all queries that match the event to the hits, in any order. */
    void match(E event, Hits hits);

    @Override
    default void close() {}
}
