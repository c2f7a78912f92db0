package io.presence.bench.standing.engine;

import io.presence.query.Query;
import java.util.Map;

/**
 * Something that finds the standing queries which an event matches.
 *
 * <p><b>Threads.</b> For one.
 *
 * @param <E> an event in the form the engine takes it
 */
public interface Engine<E> extends AutoCloseable {
    /** Registers a query under an id. */
    void add(int id, Query.Filter query);

    /** Takes back a query that is registered under an id. */
    void remove(int id, Query.Filter query);

    /** Ends the registration, for engines that take queries in batches. */
    default void ready() {}

    /** Brings a record into the engine's own form. This is not measured. */
    E prepare(Map<String, Object> record);

    /** Adds the ids of all queries that the event matches to the hits, in any order. */
    void match(E event, Hits hits);

    @Override
    default void close() {}
}
