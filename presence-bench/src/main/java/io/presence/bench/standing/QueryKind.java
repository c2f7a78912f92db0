package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * The kinds of standing queries. Ten subscribers have queries for one thing, and each event matches the queries for one
 * thing.
 */
public enum QueryKind {
    /** A document. The ten queries are equal. */
    DOCUMENT(id -> Query.equal("metadata.documentId", QueryKind.document(QueryKind.thing(id)))),
    /** A document and another user. The ten queries differ, as for users who do not follow themselves. */
    OTHERS_DOCUMENT(id -> Query.and(
            Query.equal("metadata.documentId", QueryKind.document(QueryKind.thing(id))),
            Query.notEqual("userId", QueryKind.user(id)))),
    /** A zone and the status online, which nine of ten events have. */
    ZONE_AND_STATUS(
            id -> Query.and(Query.equal("metadata.zone", QueryKind.thing(id)), Query.equal("status", "online"))),
    /** One presence, as on the channel {@code presences.<id>}. */
    CHANNEL(id -> Query.equal("$id", QueryKind.presence(QueryKind.thing(id)))),
    /** The status online and read access: the subscriber is the user of the presence or has one of its roles. */
    READABLE(id -> Query.and(
            Query.or(Query.equal("userId", QueryKind.user(id)), Query.containsAny("$readers", QueryKind.roles(id))),
            Query.equal("status", "online")));

    static final int QUERIES_PER_THING = 10;

    private final IntFunction<Query.Filter> query;

    QueryKind(IntFunction<Query.Filter> query) {
        this.query = query;
    }

    /** Makes the events and the queries of a number of subscriptions, which is a multiple of ten. */
    MatchWorkload workload(int subscriptions) {
        return MatchWorkload.of(
                subscriptions,
                (id, random) -> query.apply(id),
                (number, random) -> event(random.nextInt(subscriptions), random));
    }

    private static Map<String, Object> event(int id, SplittableRandom random) {
        int thing = thing(id);
        String status = random.nextInt(10) < 9 ? "online" : "away";
        Map<String, Object> event = new HashMap<>(
                MatchWorkload.presence(status, user(id), thing, document(thing), random.nextInt(1000), 0));
        event.put("$id", presence(thing));
        event.put("$readers", List.of("user:" + user(id), team(thing)));
        return Map.copyOf(event);
    }

    private static int thing(int id) {
        return id / QUERIES_PER_THING;
    }

    private static String document(int thing) {
        return "d" + thing;
    }

    private static String presence(int thing) {
        return "p" + thing;
    }

    private static String user(int id) {
        return "u" + id;
    }

    private static String team(int thing) {
        return "team:t" + thing;
    }

    private static List<String> roles(int id) {
        return List.of("any", team(thing(id)), "user:" + user(id), "users");
    }
}
