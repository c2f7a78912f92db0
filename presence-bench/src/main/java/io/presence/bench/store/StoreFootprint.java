package io.presence.bench.store;

import io.presence.PresenceUpsert;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.bench.store.peer.Store;
import io.presence.bench.store.peer.StoreCandidate;
import io.presence.bench.workload.People;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Measures the bytes of a presence beside its own strings and metadata, by class.
 *
 * <p>The arguments are the number of presences and the candidates, or none for all candidates. The records are made
 * first and kept, so that their strings count for no candidate. The live bytes of each class are counted after a
 * collection, with an empty store and with a full one.
 *
 * <pre>{@code
 * java -Xmx14g -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.store.StoreFootprint 1000000
 * }</pre>
 */
public final class StoreFootprint {

    private static final Duration TTL = Duration.ofDays(1);
    private static final List<StoreCandidate> CANDIDATES =
            List.of(StoreCandidate.PRESENCE, StoreCandidate.CAFFEINE, StoreCandidate.MAP);
    private static final Pattern LINE = Pattern.compile("\\s+\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private StoreFootprint() {}

    /** Records the bytes of each candidate. */
    public static void main(String[] args) throws JMException {
        TrialArguments arguments = new TrialArguments(args);
        int presences = arguments.integer("presences", 1_000_000);
        PresenceUpsert[] written = IntStream.range(0, presences)
                .mapToObj(number -> PresenceUpsert.of(People.id(number), People.userId(number), "online"))
                .toArray(PresenceUpsert[]::new);
        List<StoreCandidate> candidates = arguments.rest(StoreCandidate::valueOf, CANDIDATES);
        for (StoreCandidate candidate : candidates) {
            record(candidate, written);
        }
        Reference.reachabilityFence(written);
    }

    private static void record(StoreCandidate candidate, PresenceUpsert[] written) throws JMException {
        try (Store store = candidate.create(System::nanoTime, TTL)) {
            Map<String, Long> before = liveBytes();
            for (int i = 0; i < written.length; i++) {
                store.put(written[i]);
                if (i % HeartbeatStream.WRITES_PER_TICK == 0) {
                    store.maintain();
                }
            }
            if (store.size() != written.length) {
                throw new IllegalStateException("presences must be alive: " + store.size());
            }
            Map<String, Long> grown = liveBytes();
            before.forEach((type, bytes) -> grown.merge(type, -bytes, Long::sum));
            record(candidate, written.length, grown);
        }
    }

    private static void record(StoreCandidate candidate, int presences, Map<String, Long> grown) {
        record("StoreFootprint", candidate.toString(), presences, "", presences, grown);
    }

    /**
     * Records the bytes of all classes together, and of each class with a byte per presence at least.
     *
     * @param when before the name of each measure
     * @param alive the presences that have the bytes
     */
    static void record(String benchmark, String candidate, int size, String when, long alive, Map<String, Long> grown) {
        Map<String, Long> measures = new LinkedHashMap<>();
        measures.put("total", grown.values().stream().mapToLong(Long::longValue).sum());
        grown.entrySet().stream()
                .filter(each -> each.getValue() >= alive)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> measures.put(plain(each.getKey()), each.getValue()));
        measures.forEach((measure, bytes) -> MeasurementLog.record(
                new Figure(benchmark, candidate, size, when + measure, (double) bytes / alive, "B per presence")));
    }

    /* Returns the name of a type without its package: [Ljava.lang.Object; becomes Object array. */
    private static String plain(String type) {
        String simple = type.replaceAll(".*\\.", "").replaceAll("[^\\w]+", " ").strip();
        return type.startsWith("[") ? simple + " array" : simple;
    }

    /** Counts live bytes by class, as {@code jcmd GC.class_histogram} does. */
    static Map<String, Long> liveBytes() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> bytes = new HashMap<>();
        for (String line : histogram.toString().split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                bytes.merge(matcher.group(2), Long.valueOf(matcher.group(1)), Long::sum);
            }
        }
        return bytes;
    }
}
