package io.presence.query;

/**
 * A filter and its subscriber in {@link StandingQueries}. It is the key to remove or explain the filter.
 *
 * <p>Not intended to be implemented: an index accepts only handles that it has returned.
 *
 * @param <S> the type of subscribers
 */
public interface Handle<S> {

    /** Returns the subscriber. */
    S subscriber();
}
