package io.presence.bench.report;

import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.bench.report.chart.Chart;
import io.presence.bench.report.results.RawResults;
import io.presence.bench.report.results.Results;
import io.presence.bench.report.results.ResultsFile;
import io.presence.bench.report.results.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes {@code results.md} and its charts from measurements. {@code presence-bench/run} calls it:
 *
 * <pre>{@code
 * java -cp presence-bench/target/benchmarks.jar io.presence.bench.report.Report docs/benchmarks/results-quick.json [raw]
 * }</pre>
 *
 * <p>The contents of the directory {@code raw} are first written to the file and replace older results of the same
 * topics.
 */
public final class Report {
    private static final List<String> FACTS = List.of("command", "commit", "date", "load");

    private Report() {}

    /**
     * Writes the report.
     *
     * @param args the file of results and, optionally, a directory of new results
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            throw new IllegalArgumentException(
                    "arguments must be a file of results and optionally a directory: " + args.length);
        }
        Path file = Path.of(args[0]);
        Results results = ResultsFile.read(file);
        if (args.length == 2) {
            results = results.updatedBy(RawResults.read(Path.of(args[1])));
            ResultsFile.write(file, results);
        }
        write(file.toAbsolutePath().getParent(), file.getFileName().toString(), results);
    }

    static void write(Path directory, String source, Results results) throws IOException {
        Map<String, Chart> charts = new LinkedHashMap<>();
        results.topics().forEach(topic -> charts.putAll(Charts.of(topic)));
        Files.writeString(directory.resolve("results.md"), markdown(source, results));
        charts.forEach((name, chart) -> writeChart(directory.resolve(name + ".svg"), chart));
    }

    static String markdown(String source, Results results) {
        return "# Results\n\nMade by `presence-bench/run` of [" + source + "](" + source + "); do not edit.\n\n"
                + machine(results) + '\n'
                + results.topics().stream().map(Report::section).collect(Collectors.joining("\n"))
                + "\n## Runs\n\n" + runs(results);
    }

    private static String machine(Results results) {
        return results.machine().entrySet().stream()
                .map(fact -> "* " + fact.getKey() + ": " + fact.getValue() + '\n')
                .collect(Collectors.joining());
    }

    private static String section(Topic topic) {
        StringBuilder text = new StringBuilder("## " + topic.name() + "\n\n");
        if (!topic.measurements().isEmpty()) {
            text.append(new ScoreTable(topic.measurements()).table().markdown());
        }
        Map<String, List<Figure>> trials = topic.figures().stream()
                .collect(Collectors.groupingBy(Figure::trial, LinkedHashMap::new, Collectors.toList()));
        trials.forEach((name, figures) -> text.append("\n" + name + ":\n\n")
                .append(new TrialTable(figures).table().markdown()));
        Charts.of(topic).keySet().forEach(name -> text.append("\n![" + name + "](" + name + ".svg)\n"));
        return text.toString().replace("\n\n\n", "\n\n");
    }

    private static String runs(Results results) {
        Table table = new Table(List.of("topic", "command", "commit", "date", "load before"));
        for (Topic topic : results.topics()) {
            for (Map<String, String> facts : topic.facts()) {
                List<String> cells = new ArrayList<>(List.of(topic.name()));
                FACTS.forEach(fact -> cells.add(facts.getOrDefault(fact, "")));
                table.add(cells);
            }
        }
        return table.markdown();
    }

    private static void writeChart(Path file, Chart chart) {
        try {
            Files.writeString(file, chart.svg());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
