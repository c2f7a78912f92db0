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
import java.util.SortedMap;
import java.util.TreeMap;

/** The charts of a topic: one for each case of which several sizes were measured, by the name of its file. */
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
            lines.computeIfAbsent(each.candidate(), candidate -> new TreeMap<>())
                    .put((double) each.on().size().getAsLong(), each.nanos().getAsDouble());
        }
        return new Chart(name.replace('-', ' '), measurements.get(0).on().sizeName(), lines);
    }

    /** What tells this case from the others. */
    private static String suffix(Case on, Iterable<Case> all) {
        List<String> words = new ArrayList<>();
        boolean benchmarks = false;
        boolean threads = false;
        for (Case other : all) {
            benchmarks |= !other.benchmark().equals(on.benchmark());
            threads |= other.threads() != on.threads();
        }
        if (benchmarks) {
            words.add(on.benchmark().replace('.', '-'));
        }
        on.parameters().forEach((name, value) -> words.add(name + '-' + value));
        if (threads) {
            words.add(on.threads() + "-threads");
        }
        return String.join("-", words).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
