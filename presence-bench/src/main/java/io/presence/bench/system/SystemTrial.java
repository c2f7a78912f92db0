package io.presence.bench.system;

import io.presence.bench.Clockwork;
import io.presence.bench.report.Figures;
import io.presence.bench.report.Figures.Figure;
import io.presence.bench.system.Workload.Asked;
import io.presence.bench.system.peer.Live;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How many events a second get from a write to the listeners that asked for them, and how soon?
 *
 * <p>One thread writes. For the rate it writes {@value #BATCH} rows, waits until all listeners have been told, and goes on so: it
 * never waits for a write, and nothing piles up. For the latency a write is due at fixed times, whether the last one was told or
 * not, and time runs from when it was due to when each listener was called: so a candidate that stops is charged for all that was
 * due meanwhile. Each rate is tried by those who have half to spare.
 *
 * <p>A JVM for each candidate is fairest.
 *
 * <pre>{@code
 * java -Xms2g -Xmx2g -XX:+AlwaysPreTouch -cp presence-bench/target/benchmarks.jar io.presence.bench.system.SystemTrial \
 *     [candidate [DOCUMENTS|MIXED [presences [queries [seconds]]]]]
 * }</pre>
 */
public final class SystemTrial {
    private static final int BATCH = 10_000;
    private static final int[] RATES = {500, 20_000};
    private static final long SEED = 1;

    private final Candidate candidate;
    private final Workload workload;
    private final Live live;
    private final Meter meter = new Meter();
    private long written;
    private long toBeTold;

    private SystemTrial(Candidate candidate, Workload workload) {
        this.candidate = candidate;
        this.workload = workload;
        this.live = candidate.create();
    }

    /** Tries one candidate, or all of them. */
    public static void main(String[] args) {
        Asked asked = args.length > 1 ? Asked.valueOf(args[1]) : Asked.DOCUMENTS;
        int presences = args.length > 2 ? Integer.parseInt(args[2]) : 100_000;
        int queries = args.length > 3 ? Integer.parseInt(args[3]) : 1_000;
        int seconds = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        Workload workload = new Workload(asked, presences, queries, SEED);
        for (Candidate candidate : Candidate.values()) {
            if (args.length == 0 || args[0].equals(candidate.name())) {
                new SystemTrial(candidate, workload).run(seconds);
            }
        }
    }

    private void run(int seconds) {
        try (live) {
            while (written < workload.presences()) {
                live.upsert(workload.row(written++));
            }
            live.ready();
            workload.interests().forEach(interest -> live.listen(interest, meter.listener()));
            live.ready();
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
        meter.await(toBeTold);
    }

    private void write() {
        toBeTold += workload.told(written);
        live.upsert(workload.row(written++));
    }

    /* Returns how many writes a second there were. The first time is for the compiler. */
    private double throughput(int seconds) {
        long writtenBefore = written;
        long toldBefore = toBeTold;
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            write(Math.min(BATCH, workload.presences()));
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        double rate = (written - writtenBefore) / elapsed;
        note("writes", rate, "1/s");
        note("events", (toBeTold - toldBefore) / elapsed, "1/s");
        return rate;
    }

    private void latency(int rate, int seconds) {
        long interval = TimeUnit.SECONDS.toNanos(1) / rate;
        meter.time(written, System.nanoTime() + interval, interval);
        for (int i = 0; i < rate * seconds; i++) {
            Clockwork.await(meter.dueNanos(written));
            write();
        }
        meter.await(toBeTold);
        Histogram timed = meter.timed();
        String at = " at " + rate + " writes/s";
        note("latency p50" + at, timed.getValueAtPercentile(50) / 1e3, "us");
        note("latency p99" + at, timed.getValueAtPercentile(99) / 1e3, "us");
        note("latency p99.9" + at, timed.getValueAtPercentile(99.9) / 1e3, "us");
    }

    private void note(String measure, double value, String unit) {
        Figures.note(new Figure("SystemTrial", candidate.name(), workload.presences(), measure, value, unit));
    }
}
