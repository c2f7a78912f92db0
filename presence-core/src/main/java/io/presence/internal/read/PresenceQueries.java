package io.presence.internal.read;

import io.presence.internal.store.StateSchema;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.StandingQueries;
import java.util.List;
import java.util.Objects;

/** The rules for the queries of a list, a count or a subscription. */
public final class PresenceQueries {

    /** The maximum number of order clauses of a list. */
    static final int MAX_ORDERS = 8;

    private PresenceQueries() {}

    static ListQuery list(Query... queries) {
        List<Query> given = given("queries", queries);
        ListQuery list = ListQuery.of(given);
        StateSchema.STORED.check(given);
        requireFewOrders(list);
        if (!list.select().isEmpty()) {
            throw new QueryException(
                    QueryException.Code.NOT_ALLOWED,
                    "$",
                    "select must be \"*\", presences are returned whole",
                    String.join(", ", list.select()));
        }
        return list;
    }

    /* A cursor contains a value of each. */
    private static void requireFewOrders(ListQuery list) {
        if (list.orders().size() > MAX_ORDERS) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "$",
                    "orderAsc and orderDesc must be at most " + MAX_ORDERS,
                    list.orders().size());
        }
    }

    static Query.Filter count(Query... filters) {
        List<Query> given = given("filters", filters);
        requireFilters(given);
        Query.Filter filter = Query.allOf(given);
        StateSchema.STORED.check(given);
        return filter;
    }

    /**
     * Returns the filter of a subscription, prepared for the query index. It cannot name {@code expiresAt}, because
     * heartbeats change it without an event.
     *
     * @throws QueryException if a query is not a filter on attributes that only writes change
     */
    public static Query.Filter subscriptionFilter(Query... filters) {
        List<Query> given = given("filters", filters);
        Query.Filter filter = Query.allOf(given);
        requireLive(given);
        return StandingQueries.prepare(filter);
    }

    private static List<Query> given(String parameter, Query... queries) {
        Objects.requireNonNull(queries, parameter + " must not be null");
        for (int i = 0; i < queries.length; i++) {
            if (queries[i] == null) {
                throw new NullPointerException(parameter + "[" + i + "] must not be null");
            }
        }
        return List.of(queries);
    }

    /* Count accepts a select of everything, as a subscription does. */
    private static void requireFilters(List<Query> given) {
        for (int i = 0; i < given.size(); i++) {
            Query query = given.get(i);
            if (!(query instanceof Query.Filter
                    || (query instanceof ListQuery.Select select && select.isEverything()))) {
                throw new QueryException(
                        QueryException.Code.NOT_ALLOWED,
                        "$[" + i + "]",
                        "count must have filters only, it counts all that match",
                        query.method().wireName());
            }
        }
    }

    /* The only attribute that is permitted in a list and not here is one that changes without an event. */
    private static void requireLive(List<Query> given) {
        try {
            StateSchema.LIVE.check(given);
        } catch (QueryException refused) {
            StateSchema.STORED.check(given);
            throw new QueryException(
                    refused.code(),
                    refused.path(),
                    "attribute must not be in a query of a subscription, since heartbeats change it without an event",
                    "expiresAt");
        }
    }
}
