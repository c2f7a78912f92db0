package io.presence.bench.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured on one machine.
 *
 * @param machine facts about it
 * @param topics in the order in which they are told
 */
public record Results(Map<String, String> machine, List<Topic> topics) {
    /** Copies both. */
    public Results {
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
        topics = List.copyOf(topics);
    }

    /** Returns these results with the topics of the newer ones in place of those of the same name, or behind. */
    public Results updatedBy(Results newer) {
        Map<String, Topic> byName = new LinkedHashMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        newer.topics.forEach(topic -> byName.put(topic.name(), topic));
        return new Results(newer.machine, List.copyOf(byName.values()));
    }
}
