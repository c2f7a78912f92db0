package io.presence.bench.report.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.bench.report.results.Topic.Run;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads the files that {@code presence-bench/run} writes: {@code machine.properties} and, for each run,
 * {@code <number>-<topic>.properties}, {@code .json} from JMH and {@code .jsonl} from a trial.
 */
public final class RawResults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FACTS = ".properties";
    private static final String MACHINE = "machine";

    private RawResults() {}

    /** Reads a directory. A run without results has failed and is left out. */
    public static Results read(Path directory) throws IOException {
        Map<String, List<Run>> topics = new LinkedHashMap<>();
        for (String name : names(directory)) {
            Run run = run(directory, name);
            if (!run.jmh().isEmpty() || !run.figures().isEmpty()) {
                topics.computeIfAbsent(name.substring(name.indexOf('-') + 1), topic -> new ArrayList<>())
                        .add(run);
            }
        }
        return new Results(
                facts(directory.resolve(MACHINE + FACTS)),
                topics.entrySet().stream()
                        .map(topic -> new Topic(topic.getKey(), topic.getValue()))
                        .toList());
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(FACTS) && !name.startsWith(MACHINE))
                    .map(name -> name.substring(0, name.length() - FACTS.length()))
                    .sorted()
                    .toList();
        }
    }

    private static Run run(Path directory, String name) throws IOException {
        return new Run(
                facts(directory.resolve(name + FACTS)),
                jmh(directory.resolve(name + ".json")),
                figures(directory.resolve(name + ".jsonl")));
    }

    private static Map<String, String> facts(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> facts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> facts.put(name, properties.getProperty(name)));
        return facts;
    }

    /** Reads the results of JMH without the path of the JVM, which is specific to the machine. */
    private static List<JsonNode> jmh(Path file) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        if (Files.exists(file)) {
            JSON.readTree(file.toFile()).forEach(result -> results.add(((ObjectNode) result).without("jvm")));
        }
        return results;
    }

    private static List<JsonNode> figures(Path file) throws IOException {
        List<JsonNode> figures = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                figures.add(JSON.readTree(line));
            }
        }
        return figures;
    }
}
