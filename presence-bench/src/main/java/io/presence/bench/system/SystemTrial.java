package io.presence.bench.system;

import io.presence.bench.PreciseSleep;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.bench.system.SystemWorkload.QueryMix;
import io.presence.bench.system.peer.RowStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures the rate of events from a write to the listeners that match it, and their latency.
 *
 * <p>One thread writes. To measure the rate, it writes {@value #BATCH} rows, waits for all deliveries and repeats. It
 * never waits for a single write, and no backlog grows. To measure the latency, writes are due at fixed times, whether
 * or not the previous write was delivered. The latency of a call begins when its write was due, even if the
 * write starts late. So a pause of a candidate counts for all writes that were due during it. A rate is measured only
 * with candidates that can sustain twice as much.
 *
 * <p>Use a JVM for each candidate.
 *
 * <pre>{@code
 * java -Xms2g -Xmx2g -XX:+AlwaysPreTouch -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.system.SystemTrial \
 *     [candidate [DOCUMENTS|MIXED [presences [queries [seconds]]]]]
 * }</pre>
 */
public final class SystemTrial {

    private static final int BATCH = 10_000;
    private static final int[] RATES = {500, 20_000};
    private static final long SEED = 1;

    private final SystemCandidate candidate;
    private final SystemWorkload workload;
    private final RowStore rows;
    private final Meter meter = new Meter();
    private long written;
    private long expected;

    private SystemTrial(SystemCandidate candidate, SystemWorkload workload) {
        this.candidate = candidate;
        this.workload = workload;
        this.rows = candidate.create();
    }

    /** Measures one candidate or all of them. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        List<SystemCandidate> candidates =
                arguments.next(name -> List.of(SystemCandidate.valueOf(name)), List.of(SystemCandidate.values()));
        QueryMix asked = arguments.next(QueryMix::valueOf, QueryMix.DOCUMENTS);
        int presences = arguments.integer("presences", 100_000);
        int queries = arguments.integer("queries", 1_000);
        int seconds = arguments.integer("seconds", 5);
        SystemWorkload workload = new SystemWorkload(asked, presences, queries, SEED);
        for (SystemCandidate candidate : candidates) {
            new SystemTrial(candidate, workload).run(seconds);
        }
    }

    private void run(int seconds) {
        try (rows) {
            while (written < workload.presences()) {
                rows.upsert(workload.row(written++));
            }
            rows.ready();
            workload.interests().forEach(interest -> rows.listen(interest, meter.listener()));
            rows.ready();
            throughput(seconds);
            double rate = throughput(seconds);
            for (int due : RATES) {
                if (due < rate / 2) {
                    latency(due, seconds);
                }
            }
        }
    }

    private void write(int rows) {
        for (int i = 0; i < rows; i++) {
            write();
        }
        meter.await(expected);
    }

    private void write() {
        expected += workload.deliveries(written);
        rows.upsert(workload.row(written++));
    }

    /* Returns the writes per second. The first pass warms up the compiler. */
    private double throughput(int seconds) {
        long writtenBefore = written;
        long expectedBefore = expected;
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            write(Math.min(BATCH, workload.presences()));
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        double rate = (written - writtenBefore) / elapsed;
        record("writes", rate, "1/s");
        record("events", (expected - expectedBefore) / elapsed, "1/s");
        return rate;
    }

    private void latency(int rate, int seconds) {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        meter.time(written, System.nanoTime() + interval, interval);
        for (int i = 0; i < rate * seconds; i++) {
            PreciseSleep.await(meter.dueNanos(written));
            write();
        }
        meter.await(expected);
        Histogram timed = meter.timed();
        String at = " at " + rate + " writes/s";
        record("latency p50" + at, timed.getValueAtPercentile(50) / 1e3, "us");
        record("latency p99" + at, timed.getValueAtPercentile(99) / 1e3, "us");
        record("latency p99.9" + at, timed.getValueAtPercentile(99.9) / 1e3, "us");
    }

    private void record(String measure, double value, String unit) {
        MeasurementLog.record(new Figure("SystemTrial", candidate.name(), workload.presences(), measure, value, unit));
    }
}
