package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Queries and events for any engine, the same in each run.
 *
 * @param queries the queries by id; each read makes a new one, so that a million take no memory
 * @param events consecutive records
 */
record MatchWorkload(List<Query.Filter> queries, List<Map<String, Object>> events) {

    static final int EVENTS = 4096;

    /** Makes a workload. Each query and each event has its own source of random numbers. */
    static MatchWorkload of(
            int subscriptions,
            BiFunction<Integer, SplittableRandom, Query.Filter> query,
            BiFunction<Integer, SplittableRandom, Map<String, Object>> event) {
        List<Query.Filter> queries = new AbstractList<>() {
            @Override
            public Query.Filter get(int id) {
                return query.apply(id, new SplittableRandom(id));
            }

            @Override
            public int size() {
                return subscriptions;
            }
        };
        return new MatchWorkload(
                queries,
                IntStream.range(0, EVENTS)
                        .mapToObj(number -> event.apply(number, new SplittableRandom(~number)))
                        .toList());
    }

    /** Returns a record with all attributes of the workloads. */
    static Map<String, Object> presence(String status, String userId, long zone, String documentId, long x, long y) {
        return Map.of(
                "status",
                status,
                "userId",
                userId,
                "metadata",
                Map.of("zone", zone, "documentId", documentId, "x", x, "y", y, "team", "red", "score", x % 100));
    }
}
