package io.presence.bench.standing;

import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;

/**
 * Measures the first events after all queries were added, as after a restart of a server: no record has shown which
 * part of a query is rare.
 *
 * <p>The figures are processor times of an event. A first round, which is not measured, loads and compiles the code.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar io.presence.bench.standing.ColdStartTrial [queries]
 * }</pre>
 */
public final class ColdStartTrial {

    private static final int ROUNDS = 3;
    private static final int EVENTS = 400;
    private static final int FIRST = 10;
    private static final double NANOS_PER_MICRO = 1000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ColdStartTrial() {}

    /** Runs each kind of query. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        int queries = arguments.integer("queries", 100_000);
        for (QueryKind kind : QueryKind.values()) {
            MatchWorkload workload = kind.workload(queries);
            for (int round = 0; round < ROUNDS; round++) {
                long[] nanos = round(workload);
                if (round > 0) {
                    record(kind, queries, nanos);
                }
            }
        }
    }

    /** Adds all queries and returns the time of each of the first events. */
    private static long[] round(MatchWorkload workload) {
        StandingQueries<Map<String, ?>, Integer> index = new StandingQueries<>(RecordSchema.maps());
        for (int id = 0; id < workload.queries().size(); id++) {
            index.add(workload.queries().get(id), id);
        }
        long[] hits = new long[1];
        long[] nanos = new long[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            index.match(null, workload.events().get(i), (id, before, after) -> hits[0]++);
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        if (hits[0] == 0) {
            throw new IllegalStateException("events must match queries");
        }
        return nanos;
    }

    private static void record(QueryKind kind, int queries, long[] nanos) {
        log(kind, queries, "first event", nanos[0]);
        log(kind, queries, "slowest of the next nine", max(nanos, 1, FIRST));
        log(kind, queries, "slowest of the next 390", max(nanos, FIRST, EVENTS));
        log(kind, queries, "median of the last 100", median(nanos));
    }

    private static void log(QueryKind kind, int queries, String measure, long nanos) {
        MeasurementLog.record(
                new Figure("ColdStartTrial", kind.name(), queries, measure, nanos / NANOS_PER_MICRO, "us"));
    }

    private static long max(long[] nanos, int from, int to) {
        return Arrays.stream(nanos, from, to).max().orElseThrow();
    }

    private static long median(long[] nanos) {
        long[] last = Arrays.copyOfRange(nanos, EVENTS - 100, EVENTS);
        Arrays.sort(last);
        return last[last.length / 2];
    }
}
