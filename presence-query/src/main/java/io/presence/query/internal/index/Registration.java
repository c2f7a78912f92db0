package io.presence.query.internal.index;

import io.presence.query.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of one query, with its position among the subscribers of that query.
 *
 * @param <S> the type of subscribers
 */
final class Registration<S> implements Handle<S> {

    private final S subscriber;
    private @Nullable StandingQuery<S> query;
    private int position;

    Registration(S subscriber) {
        this.subscriber = subscriber;
    }

    @Override
    public S subscriber() {
        return subscriber;
    }

    /** Returns the query, or null after the removal. */
    @Nullable StandingQuery<S> query() {
        return query;
    }

    int position() {
        return position;
    }

    void place(@Nullable StandingQuery<S> newQuery, int newPosition) {
        query = newQuery;
        position = newPosition;
    }
}
