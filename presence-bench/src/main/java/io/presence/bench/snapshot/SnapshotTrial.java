package io.presence.bench.snapshot;

import io.presence.Subscription;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures the time to list all presences of one document by an index, the time to receive them as a snapshot, and the
 * time of writes meanwhile.
 *
 * <p>A list has pages of 5,000, the maximum. The subscriber is called by the dispatcher and is done at
 * {@code onSynced}. The writer is another thread that writes 20,000 times a second to random presences. Its times are
 * from the moment at which a write was due to its return, and to its delivery to a subscriber of all changes. After
 * each snapshot the trial waits for as long as the snapshot took; the writes in that pause are the baseline. On two
 * processors there is one thread too many: the writer, the dispatcher and the reader.
 *
 * <pre>{@code
 * java -Xms4g -Xmx4g -XX:+AlwaysPreTouch -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.snapshot.SnapshotTrial [presences [matching [seconds]]]
 * }</pre>
 */
public final class SnapshotTrial {

    private final DocumentStore documents;
    private final int matching;
    private final int seconds;
    private int asked;

    /** A way to receive the presences of a document. */
    private interface SnapshotReader {
        int take(int document) throws InterruptedException;
    }

    private SnapshotTrial(DocumentStore documents, int matching, int seconds) {
        this.documents = documents;
        this.matching = matching;
        this.seconds = seconds;
    }

    /** Measures both ways. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int presences = arguments.integer("presences", 1_000_000);
        int matching = arguments.integer("matching", 10_000);
        int seconds = arguments.integer("seconds", 5);
        try (DocumentStore documents = new DocumentStore(presences, matching)) {
            SnapshotTrial trial = new SnapshotTrial(documents, matching, seconds);
            trial.alone("LIST", documents::list);
            trial.alone("SUBSCRIBE", documents::snapshot);
            trial.besideWriter("LIST", documents::list);
            trial.besideWriter("SUBSCRIBE", documents::snapshot);
        }
    }

    /* The first pass warms up the compiler. */
    private void alone(String candidate, SnapshotReader reader) throws InterruptedException {
        repeat(reader, new Histogram(3));
        Histogram times = new Histogram(3);
        repeat(reader, times);
        record(candidate, "snapshot p50", times, 50);
        record(candidate, "snapshot p99", times, 99);
    }

    private void repeat(SnapshotReader reader, Histogram times) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            times.recordValue(take(reader));
        }
    }

    private long take(SnapshotReader reader) throws InterruptedException {
        long start = System.nanoTime();
        int delivered = reader.take(asked++ % documents.documents());
        long took = System.nanoTime() - start;
        if (delivered != matching) {
            throw new IllegalStateException(
                    "presences of the document must all be read: " + delivered + " of " + matching);
        }
        return took;
    }

    private void besideWriter(String candidate, SnapshotReader reader) throws InterruptedException {
        PacedWriter writer = new PacedWriter(documents);
        Thread thread = new Thread(writer);
        thread.start();
        Subscription follower = documents.follow(writer::delivered);
        Histogram times = new Histogram(3);
        PacedWriter.WriteLatencies during = new PacedWriter.WriteLatencies();
        PacedWriter.WriteLatencies between = new PacedWriter.WriteLatencies();
        alternate(reader, writer, new Histogram(3), new PacedWriter.WriteLatencies(), new PacedWriter.WriteLatencies());
        alternate(reader, writer, times, during, between);
        writer.stop();
        thread.join();
        follower.close();
        record(candidate, "snapshot p50 beside writes", times, 50);
        record(candidate, "write p99 during snapshots", during.done(), 99);
        record(candidate, "write p99 between snapshots", between.done(), 99);
        record(candidate, "delivered p50 during snapshots", during.delivered(), 50);
        record(candidate, "delivered p50 between snapshots", between.delivered(), 50);
        record(candidate, "delivered p99 during snapshots", during.delivered(), 99);
        record(candidate, "delivered p99 between snapshots", between.delivered(), 99);
    }

    private void alternate(
            SnapshotReader reader,
            PacedWriter writer,
            Histogram times,
            PacedWriter.WriteLatencies during,
            PacedWriter.WriteLatencies between)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            writer.into(during);
            long took = take(reader);
            writer.into(between);
            times.recordValue(took);
            TimeUnit.NANOSECONDS.sleep(took);
        }
    }

    private void record(String candidate, String measure, Histogram times, double percentile) {
        MeasurementLog.record(new Figure(
                "SnapshotTrial",
                candidate,
                documents.presences(),
                measure,
                times.getValueAtPercentile(percentile) / 1e3,
                "us"));
    }
}
