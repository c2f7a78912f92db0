package io.presence.bench.snapshot;

import io.presence.Subscription;
import io.presence.bench.report.Figures;
import io.presence.bench.report.Figures.Figure;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long does it take to list, and to be told as a subscriber, all who are in one document of many, by an index; and how long do
 * writes take meanwhile?
 *
 * <p>A list is by pages of 5,000, the most there is. A subscriber is direct, and is done when it is told that it is in sync. The
 * writer is another thread, which writes 20,000 times a second anywhere in the store; its times run from when a write was due until
 * it returned, and until a direct subscriber to all changes was told. Between two snapshots nothing is asked for as long as one has
 * taken, and what is written then is what they are compared with. On two processors the writer, the dispatcher and who lists are
 * one thread too many.
 *
 * <pre>{@code
 * java -Xms4g -Xmx4g -XX:+AlwaysPreTouch -cp presence-bench/target/benchmarks.jar io.presence.bench.snapshot.SnapshotTrial [presences [matching [seconds]]]
 * }</pre>
 */
public final class SnapshotTrial {
    private final Documents documents;
    private final int matching;
    private final int seconds;
    private int asked;

    /** A way to be told. */
    private interface Way {
        int take(int document) throws InterruptedException;
    }

    private SnapshotTrial(Documents documents, int matching, int seconds) {
        this.documents = documents;
        this.matching = matching;
        this.seconds = seconds;
    }

    /** Tries both ways. */
    public static void main(String[] args) throws InterruptedException {
        int presences = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int matching = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        try (Documents documents = new Documents(presences, matching)) {
            SnapshotTrial trial = new SnapshotTrial(documents, matching, seconds);
            trial.alone("LIST", documents::list);
            trial.alone("SUBSCRIBE", documents::snapshot);
            trial.besideWriter("LIST", documents::list);
            trial.besideWriter("SUBSCRIBE", documents::snapshot);
        }
    }

    /* The first time is for the compiler. */
    private void alone(String candidate, Way way) throws InterruptedException {
        repeat(way, new Histogram(3));
        Histogram times = new Histogram(3);
        repeat(way, times);
        note(candidate, "snapshot p50", times, 50);
        note(candidate, "snapshot p99", times, 99);
    }

    private void repeat(Way way, Histogram times) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            times.recordValue(take(way));
        }
    }

    private long take(Way way) throws InterruptedException {
        long start = System.nanoTime();
        int told = way.take(asked++ % documents.documents());
        long took = System.nanoTime() - start;
        if (told != matching) {
            throw new IllegalStateException("all who match must be told: " + told + " of " + matching);
        }
        return took;
    }

    private void besideWriter(String candidate, Way way) throws InterruptedException {
        Writer writer = new Writer(documents);
        Thread thread = new Thread(writer);
        thread.start();
        Subscription follower = documents.follow(writer::told);
        Histogram times = new Histogram(3);
        Writer.Times during = new Writer.Times();
        Writer.Times between = new Writer.Times();
        alternate(way, writer, new Histogram(3), new Writer.Times(), new Writer.Times());
        alternate(way, writer, times, during, between);
        writer.stop();
        thread.join();
        follower.close();
        note(candidate, "snapshot p50 beside writes", times, 50);
        note(candidate, "write p99 during snapshots", during.done(), 99);
        note(candidate, "write p99 between snapshots", between.done(), 99);
        note(candidate, "told p50 during snapshots", during.told(), 50);
        note(candidate, "told p50 between snapshots", between.told(), 50);
        note(candidate, "told p99 during snapshots", during.told(), 99);
        note(candidate, "told p99 between snapshots", between.told(), 99);
    }

    private void alternate(Way way, Writer writer, Histogram times, Writer.Times during, Writer.Times between)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            writer.into(during);
            long took = take(way);
            writer.into(between);
            times.recordValue(took);
            TimeUnit.NANOSECONDS.sleep(took);
        }
    }

    private void note(String candidate, String measure, Histogram times, double percentile) {
        Figures.note(new Figure(
                "SnapshotTrial",
                candidate,
                documents.presences(),
                measure,
                times.getValueAtPercentile(percentile) / 1e3,
                "us"));
    }
}
