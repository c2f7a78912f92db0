package io.presence.internal.list;

import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QuerySchema;
import io.presence.query.QuerySchema.Kind;
import java.util.List;

/** What may be asked of presences: their attributes, and which of them a list, a count or a subscription may name. */
public final class PresenceQueries {

    private static final QuerySchema LIVE = attributes().build();
    private static final QuerySchema STORED =
            attributes().attribute("expiresAt", Kind.TIMESTAMP).build();

    private PresenceQueries() {}

    private static QuerySchema.Builder attributes() {
        return QuerySchema.builder()
                .attribute("$id", Kind.STRING)
                .attribute("userId", Kind.STRING)
                .attribute("status", Kind.STRING)
                .attribute("source", Kind.STRING)
                .attribute("$createdAt", Kind.TIMESTAMP)
                .attribute("$updatedAt", Kind.TIMESTAMP)
                .attribute("metadata", Kind.OBJECT);
    }

    static ListQuery list(Query... queries) {
        List<Query> given = List.of(queries);
        STORED.check(given);
        ListQuery list = ListQuery.of(given);
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
        STORED.check(given);
        return Query.standing(given);
    }

    /**
     * Returns the filter of a subscription. {@code expiresAt} is unknown to it, since heartbeats move it silently.
     *
     * @throws QueryException if a query is not a filter on an attribute that writes alone change
     */
    public static Query.Filter live(Query... filters) {
        List<Query> given = List.of(filters);
        Query.Filter filter = Query.standing(given);
        LIVE.check(given);
        return filter;
    }
}
