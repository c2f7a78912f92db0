package io.presence.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares two builds by pairs of consecutive forks. {@code presence-bench/compare} calls it with the directory of the
 * files {@code <topic>-<fork>-before.json} and {@code <topic>-<fork>-after.json}.
 *
 * <p>Each pair gives one ratio: the time after the change, divided by the time before it. The ratio of a case is the
 * geometric mean of the ratios of its pairs. Its interval is
 * Student's t interval of the logarithms of the pairs' ratios, at 95 %.
 */
public final class Comparison {

    /** The ratio up to which a build counts as no slower. */
    static final double LIMIT = 1.03;

    /* Student's t at 95 %, two-sided, by degrees of freedom from 1. */
    private static final double[] STUDENT = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};
    private static final ObjectMapper JSON = new ObjectMapper();

    private Comparison() {}

    /** The ratio of times of one case, and its interval. */
    record Ratio(double mean, double low, double high, int pairs) {

        /**
         * Computes the mean ratio and its interval from the ratios of the pairs, of which there must be at least two.
         */
        static Ratio of(List<Double> pairs) {
            if (pairs.size() < 2) {
                throw new IllegalArgumentException("pairs must be at least 2: " + pairs.size());
            }
            int n = pairs.size();
            double mean = pairs.stream().mapToDouble(Math::log).average().orElseThrow();
            double squares = pairs.stream()
                    .mapToDouble(pair -> Math.pow(Math.log(pair) - mean, 2))
                    .sum();
            double student = n - 2 < STUDENT.length ? STUDENT[n - 2] : 2.228;
            double half = student * Math.sqrt(squares / (n - 1) / n);
            return new Ratio(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half), n);
        }

        boolean isSlower() {
            return low > LIMIT;
        }
    }

    /** Prints a table, and ends with exit code 1 if a case is slower. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("arguments must be one directory: " + args.length);
        }
        Map<String, Ratio> ratios = read(Path.of(args[0]));
        System.out.print(table(ratios));
        if (ratios.values().stream().anyMatch(Ratio::isSlower)) {
            System.exit(1);
        }
    }

    static Map<String, Ratio> read(Path directory) throws IOException {
        Map<String, List<Double>> pairs = new TreeMap<>();
        try (var files = Files.list(directory)) {
            for (Path before : files.filter(file -> file.toString().endsWith("-before.json"))
                    .toList()) {
                String name = before.getFileName().toString();
                Path after = before.resolveSibling(name.replace("-before.json", "-after.json"));
                String topic = name.replaceFirst("-[0-9]+-before\\.json$", "");
                Map<String, Double> times = times(after);
                times(before)
                        .forEach((on, time) -> pairs.computeIfAbsent(topic + " " + on, none -> new ArrayList<>())
                                .add(times.get(on) / time));
            }
        }
        Map<String, Ratio> ratios = new TreeMap<>();
        pairs.forEach((on, each) -> ratios.put(on, Ratio.of(each)));
        return ratios;
    }

    private static Map<String, Double> times(Path file) throws IOException {
        Map<String, Double> times = new TreeMap<>();
        for (JsonNode result : JSON.readTree(file.toFile())) {
            String name = result.path("benchmark").asText();
            String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            double score = result.path("primaryMetric").path("score").asDouble();
            boolean isRate = result.path("mode").asText().equals("thrpt");
            times.put(method + " " + result.path("params"), isRate ? 1 / score : score);
        }
        return times;
    }

    static String table(Map<String, Ratio> ratios) {
        StringBuilder text =
                new StringBuilder("| case | time after / before | 95 % interval | pairs |\n|---|---|---|---|\n");
        ratios.forEach((on, ratio) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.3f%s | %.3f to %.3f | %d |%n",
                on,
                ratio.mean(),
                ratio.isSlower() ? " slower" : "",
                ratio.low(),
                ratio.high(),
                ratio.pairs())));
        return text.toString();
    }
}
