package io.presence.bench.snapshot;

import io.presence.bench.PreciseSleep;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Writes at fixed times, whether or not the previous write has returned. It records the time from the moment at which a
 * write was due to its return and to its delivery to a subscriber of all changes.
 */
final class PacedWriter implements Runnable {

    private static final int PER_SECOND = 20_000;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final String[] STATUSES = {"away", "online"};

    private final DocumentStore documents;
    private final Random random = new Random(1);
    private final long[] due;
    private volatile WriteLatencies times = new WriteLatencies();
    private volatile boolean isStopped;

    /**
     * The times from when writes were due to their return and to their delivery. Each histogram belongs to one thread.
     */
    record WriteLatencies(Histogram done, Histogram delivered) {
        WriteLatencies() {
            this(new Histogram(3), new Histogram(3));
        }
    }

    PacedWriter(DocumentStore documents) {
        this.documents = documents;
        this.due = new long[documents.presences()];
    }

    /** Sets the histograms for the times from now on. */
    void into(WriteLatencies about) {
        times = about;
    }

    /** Records the delivery of a change, unless the next write of the presence has a due time already. */
    void delivered(int presence) {
        long nanos = System.nanoTime() - due[presence];
        if (nanos >= 0) {
            times.delivered.recordValue(nanos);
        }
    }

    void stop() {
        isStopped = true;
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        for (int i = 0; !isStopped; i++) {
            next += INTERVAL_NANOS;
            int presence = random.nextInt(documents.presences());
            due[presence] = next;
            PreciseSleep.await(next);
            Histogram done = times.done;
            documents.write(presence, STATUSES[i & 1]);
            done.recordValue(System.nanoTime() - next);
        }
    }
}
