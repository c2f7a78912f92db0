package io.presence.bench.report;

import io.presence.bench.report.MeasurementLog.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of one trial's figures: a row for each candidate and size, and a column for each measure. */
final class TrialTable {

    private final Set<String> measures = new LinkedHashSet<>();
    private final Map<Subject, Map<String, List<Double>>> rows = new LinkedHashMap<>();

    private record Subject(long size, String candidate) {}

    TrialTable(List<Figure> figures) {
        for (Figure figure : figures) {
            String measure = figure.measure() + ", " + figure.unit();
            measures.add(measure);
            rows.computeIfAbsent(new Subject(figure.size(), figure.candidate()), subject -> new LinkedHashMap<>())
                    .computeIfAbsent(measure, name -> new ArrayList<>())
                    .add(figure.value());
        }
    }

    Table table() {
        List<String> header = new ArrayList<>(List.of("size", "candidate"));
        header.addAll(measures);
        Table table = new Table(header);
        rows.forEach((subject, values) -> table.add(row(subject, values)));
        return table;
    }

    private List<String> row(Subject subject, Map<String, List<Double>> values) {
        List<String> cells = new ArrayList<>(List.of(NumberText.text(subject.size()), subject.candidate()));
        measures.forEach(measure -> cells.add(text(values.getOrDefault(measure, List.of()))));
        return cells;
    }

    /** Returns the median if a trial has run several times. */
    private static String text(List<Double> values) {
        return values.isEmpty()
                ? ""
                : NumberText.text(values.stream().sorted().toList().get(values.size() / 2));
    }
}
