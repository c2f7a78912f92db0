package io.presence.bench.report.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.bench.report.MeasurementLog.Figure;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A topic of the report, which has one table.
 *
 * @param name the name, such as {@code touch}
 * @param runs the runs in their order
 */
public record Topic(String name, List<Run> runs) {

    /**
     * One start of JMH or of a trial.
     *
     * @param facts the command, the commit, the date and the load
     * @param jmh the elements that JMH wrote
     * @param figures the figures that a trial recorded
     */
    record Run(Map<String, String> facts, List<JsonNode> jmh, List<JsonNode> figures) {
        Run {
            facts = Map.copyOf(facts);
            jmh = List.copyOf(jmh);
            figures = List.copyOf(figures);
        }
    }

    /** Copies the list. */
    public Topic {
        runs = List.copyOf(runs);
    }

    /** Returns the facts of each run: command, commit, date and load. */
    public List<Map<String, String>> facts() {
        return runs.stream().map(Run::facts).toList();
    }

    /** Returns all results of JMH. */
    public List<Measurement> measurements() {
        return all(Run::jmh).map(Measurement::read).toList();
    }

    /** Returns all figures of trials. */
    public List<Figure> figures() {
        return all(Run::figures).map(Topic::figure).toList();
    }

    private Stream<JsonNode> all(Function<Run, List<JsonNode>> part) {
        return runs.stream().map(part).flatMap(List::stream);
    }

    private static Figure figure(JsonNode line) {
        return new Figure(
                line.path("trial").asText(),
                line.path("candidate").asText(),
                line.path("size").asLong(),
                line.path("measure").asText(),
                line.path("value").asDouble(),
                line.path("unit").asText());
    }
}
