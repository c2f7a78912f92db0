package io.presence.bench.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one machine.
 *
 * @param machine the facts about the machine
 * @param topics the topics in the order of the report
 */
public record Results(Map<String, String> machine, List<Topic> topics) {

    /** Copies both collections. */
    public Results {
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
        topics = List.copyOf(topics);
    }

    /** Returns these results with newer topics, which replace those of the same name or are appended. */
    public Results updatedBy(Results newer) {
        Map<String, Topic> byName = new LinkedHashMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        newer.topics.forEach(topic -> byName.put(topic.name(), topic));
        return new Results(newer.machine, List.copyOf(byName.values()));
    }
}
