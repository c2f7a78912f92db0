package io.presence.bench.snapshot;

import io.presence.bench.Clockwork;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Writes at fixed times, whether the last write is done or not, and takes down how long after it was due each was done: by what
 * somebody else says that they are about then.
 */
final class Writer implements Runnable {
    private static final int PER_SECOND = 20_000;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final String[] STATUSES = {"away", "online"};

    private final Documents documents;
    private final Random random = new Random(1);
    private volatile Histogram latencies = new Histogram(3);
    private volatile boolean isStopped;

    Writer(Documents documents) {
        this.documents = documents;
    }

    /** Has what is written from now on taken down there. */
    void into(Histogram histogram) {
        latencies = histogram;
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        for (int i = 0; !isStopped; i++) {
            due += INTERVAL_NANOS;
            Clockwork.await(due);
            Histogram about = latencies;
            documents.write(random.nextInt(documents.presences()), STATUSES[i & 1]);
            about.recordValue(System.nanoTime() - due);
        }
    }
}
