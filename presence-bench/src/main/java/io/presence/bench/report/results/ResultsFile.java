package io.presence.bench.report.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.presence.bench.report.results.Topic.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON file of results with a line for each result, so that its changes can be reviewed. */
public final class ResultsFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultsFile() {}

    /** Reads results. A missing file has none. */
    public static Results read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Results(Map.of(), List.of());
        }
        JsonNode root = JSON.readTree(file.toFile());
        List<Topic> topics = new ArrayList<>();
        root.path("topics").forEach(topic -> topics.add(topic(topic)));
        return new Results(facts(root.path("machine")), topics);
    }

    /** Writes results and replaces the contents of the file. */
    public static void write(Path file, Results results) throws IOException {
        String topics = results.topics().stream().map(ResultsFile::text).collect(Collectors.joining(",\n"));
        Files.writeString(
                file, "{\"machine\":" + JSON.valueToTree(results.machine()) + ",\n\"topics\":[\n" + topics + "\n]}\n");
    }

    private static String text(Topic topic) {
        String runs = topic.runs().stream().map(ResultsFile::text).collect(Collectors.joining(",\n"));
        return "{\"name\":" + JSON.valueToTree(topic.name()) + ",\"runs\":[\n" + runs + "\n]}";
    }

    private static String text(Run run) {
        return "{\"facts\":" + JSON.valueToTree(run.facts()) + ",\n\"jmh\":" + lines(run.jmh()) + ",\n\"figures\":"
                + lines(run.figures()) + "}";
    }

    private static String lines(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[\n", "]"));
    }

    private static Topic topic(JsonNode topic) {
        List<Run> runs = new ArrayList<>();
        topic.path("runs")
                .forEach(run ->
                        runs.add(new Run(facts(run.path("facts")), list(run.path("jmh")), list(run.path("figures")))));
        return new Topic(topic.path("name").asText(), runs);
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes;
    }

    private static Map<String, String> facts(JsonNode object) {
        Map<String, String> facts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> facts.put(field.getKey(), field.getValue().asText()));
        return facts;
    }
}
