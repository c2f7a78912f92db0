package io.presence.bench.report;

import java.util.Map;

/** The words of a chart for readers who do not know the names of the topics and of the candidates. */
final class ChartLabels {

    private static final Map<String, String> TITLES = Map.of(
            "touch", "A heartbeat",
            "touch-growth", "A heartbeat, presences in random order",
            "upsert-growth", "An upsert with another status, presences in random order",
            "match", "One event among queries documentId = X, of which 10 match",
            "match-growth", "One event among a mix of queries",
            "match-boxes", "One event among queries for a box");

    private static final Map<String, String> CANDIDATES = Map.of(
            "PRESENCE", "this library",
            "CAFFEINE", "Caffeine",
            "MAP", "ConcurrentHashMap, clock",
            "MAP_BARE", "ConcurrentHashMap",
            "INDEX", "this library",
            "SCAN", "each query in turn",
            "RULER", "event-ruler",
            "MONITOR_WEIGHTED", "Lucene Monitor");

    private ChartLabels() {}

    static String title(String topic) {
        return TITLES.getOrDefault(topic, topic.replace('-', ' '));
    }

    static String candidate(String name) {
        return CANDIDATES.getOrDefault(name, name);
    }
}
