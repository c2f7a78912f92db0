package io.presence.bench.report.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * A result of JMH.
 *
 * @param on the case
 * @param candidate the candidate: the parameter of that name or, without one, the method
 * @param score the score of all forks
 * @param unit the unit of the score, such as {@code ns/op}
 * @param bytes the bytes allocated by an operation, if they were measured
 */
public record Measurement(Case on, String candidate, Score score, String unit, OptionalDouble bytes) {

    /** The parameters that are sizes. If there are several, the first counts. */
    private static final List<String> SIZES = List.of("presences", "timers", "listeners", "subscriptions");

    /** The parameters that name the candidate. */
    private static final List<String> CANDIDATES = List.of("candidate", "engine", "technique");

    private static final Map<String, Double> NANOS = Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

    private static final String BYTES = "gc.alloc.rate.norm";

    /** Reads an element of the array that JMH writes with {@code -rf json}. */
    static Measurement read(JsonNode jmh) {
        String[] names = jmh.path("benchmark").asText().split("\\.");
        String method = names[names.length - 1];
        Map<String, String> parameters = parameters(jmh.path("params"));
        String sizeName = first(SIZES, parameters);
        String size = parameters.remove(sizeName);
        String candidate = parameters.remove(first(CANDIDATES, parameters));
        Case on = new Case(
                names[names.length - 2] + '.' + method,
                parameters,
                sizeName,
                size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size)),
                jmh.path("threads").asInt());
        JsonNode primary = jmh.path("primaryMetric");
        return new Measurement(
                on,
                candidate == null ? method : candidate,
                score(primary),
                primary.path("scoreUnit").asText(),
                bytes(jmh));
    }

    /** Returns the nanoseconds of an operation, if the score is a time. */
    public OptionalDouble nanos() {
        Double factor = NANOS.get(unit);
        return factor == null ? OptionalDouble.empty() : OptionalDouble.of(score.median() * factor);
    }

    private static Map<String, String> parameters(JsonNode params) {
        Map<String, String> parameters = new LinkedHashMap<>();
        params.properties()
                .forEach(
                        field -> parameters.put(field.getKey(), field.getValue().asText()));
        return parameters;
    }

    private static String first(List<String> names, Map<String, String> parameters) {
        return names.stream().filter(parameters::containsKey).findFirst().orElse("");
    }

    private static Score score(JsonNode metric) {
        return Score.ofForks(StreamSupport.stream(metric.path("rawData").spliterator(), false)
                .map(fork -> StreamSupport.stream(fork.spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray())
                .toArray(double[][]::new));
    }

    private static OptionalDouble bytes(JsonNode jmh) {
        JsonNode metric = jmh.path("secondaryMetrics").path(BYTES);
        return metric.isMissingNode()
                ? OptionalDouble.empty()
                : OptionalDouble.of(score(metric).median());
    }
}
