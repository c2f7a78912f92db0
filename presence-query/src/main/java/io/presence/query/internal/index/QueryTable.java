package io.presence.query.internal.index;

import io.presence.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * The distinct queries by their normal form.
 *
 * @param <S> the type of subscribers
 */
final class QueryTable<S> extends ProbeTable<StandingQuery<S>> {

    @Override
    protected int hash(StandingQuery<S> query) {
        return query.hash();
    }

    /** Returns the query with this normal form, whose hash is given, or null. */
    @Nullable StandingQuery<S> find(int hash, Query.Filter filter) {
        int index = start(hash);
        StandingQuery<S> query = at(index);
        while (query != null && !query.filter().equals(filter)) {
            index = next(index, hash);
            query = at(index);
        }
        return query;
    }
}
