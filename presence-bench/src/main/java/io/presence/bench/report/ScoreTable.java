package io.presence.bench.report;

import io.presence.bench.report.results.Case;
import io.presence.bench.report.results.Measurement;
import io.presence.bench.report.results.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The table of JMH's scores: a row for each case and candidate, with its ratio to the first candidate. */
final class ScoreTable {

    private final List<Measurement> measurements;
    private final Set<String> parameters = new LinkedHashSet<>();
    private final Map<Case, Map<String, Measurement>> cases = new HashMap<>();
    private final String first;

    ScoreTable(List<Measurement> measurements) {
        this.measurements = measurements;
        this.first = measurements.get(0).candidate();
        for (Measurement each : measurements) {
            parameters.addAll(each.on().parameters().keySet());
            cases.computeIfAbsent(each.on(), on -> new HashMap<>()).put(each.candidate(), each);
        }
    }

    Table table() {
        List<String> header = new ArrayList<>(List.of("benchmark"));
        header.addAll(parameters);
        header.addAll(List.of(
                sizeName(),
                "threads",
                "candidate",
                "median",
                "least .. most",
                "unit",
                "B/op",
                "beside " + first,
                "speed-up"));
        Table table = new Table(header);
        measurements.forEach(each -> table.add(row(each)));
        return table;
    }

    private List<String> row(Measurement each) {
        Case on = each.on();
        Score score = each.score();
        List<String> cells = new ArrayList<>();
        cells.add(oneBenchmark() ? "" : on.benchmark());
        parameters.forEach(name -> cells.add(on.parameters().getOrDefault(name, "")));
        cells.add(on.size().isPresent() ? NumberText.text(on.size().getAsLong()) : "");
        cells.add(oneThread() ? "" : NumberText.text(on.threads()));
        cells.add(each.candidate());
        cells.add(NumberText.text(score.median()));
        cells.add(NumberText.text(score.least()) + " .. " + NumberText.text(score.most()));
        cells.add(each.unit());
        cells.add(text(toTenths(each.bytes()), ""));
        cells.add(text(besideFirst(each), "x"));
        cells.add(text(speedUp(each), "x"));
        return cells;
    }

    private String sizeName() {
        List<String> names = measurements.stream()
                .map(each -> each.on().sizeName())
                .distinct()
                .toList();
        return names.size() == 1 ? names.get(0) : "size";
    }

    private boolean oneBenchmark() {
        return measurements.stream()
                        .map(each -> each.on().benchmark())
                        .distinct()
                        .count()
                == 1;
    }

    private boolean oneThread() {
        return measurements.stream().allMatch(each -> each.on().threads() == 1);
    }

    private OptionalDouble besideFirst(Measurement each) {
        Measurement ours = cases.get(each.on()).get(first);
        return ours == null ? OptionalDouble.empty() : quotient(each, ours);
    }

    /** Returns the throughput of several threads divided by that of one. */
    private OptionalDouble speedUp(Measurement each) {
        Measurement alone =
                cases.getOrDefault(each.on().withThreads(1), Map.of()).get(each.candidate());
        if (each.on().threads() == 1 || alone == null || each.nanos().isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(each.on().threads() * quotient(alone, each).getAsDouble());
    }

    /**
     * Rounds to tenths, because the profiler itself allocates a few bytes, which are fractions of a byte per operation.
     */
    private static OptionalDouble toTenths(OptionalDouble bytes) {
        return bytes.isPresent() ? OptionalDouble.of(Math.rint(bytes.getAsDouble() * 10) / 10) : bytes;
    }

    private static OptionalDouble quotient(Measurement a, Measurement b) {
        return OptionalDouble.of(a.score().median() / b.score().median());
    }

    private static String text(OptionalDouble value, String suffix) {
        return value.isPresent() ? NumberText.text(value.getAsDouble()) + suffix : "";
    }
}
