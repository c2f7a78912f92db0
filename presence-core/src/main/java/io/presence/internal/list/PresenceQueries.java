package io.presence.internal.list;

import io.presence.internal.store.StateSchema;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.StandingQueries;
import java.util.List;

/** What may be asked of presences by a list, a count or a subscription. */
public final class PresenceQueries {

    private PresenceQueries() {}

    static ListQuery list(Query... queries) {
        List<Query> given = List.of(queries);
        ListQuery list = ListQuery.of(given);
        StateSchema.STORED.check(given);
        if (!list.select().isEmpty()) {
            throw new QueryException(
                    QueryException.Code.NOT_ALLOWED,
                    "$",
                    "select must be \"*\", presences are returned whole",
                    list.select());
        }
        return list;
    }

    static Query.Filter count(Query... filters) {
        List<Query> given = List.of(filters);
        Query.Filter filter = Query.standing(given);
        StateSchema.STORED.check(given);
        return filter;
    }

    /**
     * Returns the filter of a subscription, in a form that leaves the dispatcher less work. {@code expiresAt} is unknown to it, since heartbeats move it silently.
     *
     * @throws QueryException if a query is not a filter on an attribute that writes alone change
     */
    public static Query.Filter live(Query... filters) {
        List<Query> given = List.of(filters);
        Query.Filter filter = Query.standing(given);
        StateSchema.LIVE.check(given);
        return StandingQueries.prepare(filter);
    }
}
