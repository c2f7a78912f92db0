package io.presence.bench.report;

import io.presence.bench.report.chart.Chart;
import io.presence.bench.report.results.Case;
import io.presence.bench.report.results.Measurement;
import io.presence.bench.report.results.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The charts of a topic: one for each case that was measured with several sizes, by the name of its file. */
final class Charts {

    private Charts() {}

    static Map<String, Chart> of(Topic topic) {
        Map<Case, List<Measurement>> cases = new LinkedHashMap<>();
        for (Measurement each : topic.measurements()) {
            if (each.on().size().isPresent() && each.nanos().isPresent()) {
                cases.computeIfAbsent(each.on().anySize(), on -> new ArrayList<>())
                        .add(each);
            }
        }
        cases.values().removeIf(Charts::isOneSize);
        Map<String, Chart> charts = new LinkedHashMap<>();
        cases.forEach((on, measurements) -> {
            String name = cases.size() == 1 ? topic.name() : topic.name() + '-' + suffix(on, cases.keySet());
            charts.put(name, chart(name, measurements));
        });
        return charts;
    }

    private static boolean isOneSize(List<Measurement> measurements) {
        return measurements.stream().map(each -> each.on().size()).distinct().count() == 1;
    }

    private static Chart chart(String name, List<Measurement> measurements) {
        Map<String, SortedMap<Double, Double>> lines = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            lines.computeIfAbsent(ChartLabels.candidate(each.candidate()), candidate -> new TreeMap<>())
                    .put((double) each.on().size().getAsLong(), each.nanos().getAsDouble());
        }
        return new Chart(ChartLabels.title(name), measurements.get(0).on().sizeName(), lines);
    }

    /**
     * Returns the values that distinguish a case from the others: the benchmark, the parameters that differ, and the
     * threads.
     */
    private static String suffix(Case on, Set<Case> all) {
        List<String> words = new ArrayList<>();
        if (differs(all, Case::benchmark)) {
            words.add(on.benchmark().replace("Benchmark", ""));
        }
        on.parameters().forEach((name, value) -> {
            if (differs(all, other -> other.parameters().getOrDefault(name, ""))) {
                words.add(value);
            }
        });
        if (differs(all, Case::threads)) {
            words.add(on.threads() + "-threads");
        }
        return String.join("-", words).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static boolean differs(Set<Case> all, Function<Case, Object> part) {
        return all.stream().map(part).distinct().count() > 1;
    }
}
