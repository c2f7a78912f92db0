package io.presence.bench.snapshot;

import io.presence.bench.PreciseSleep;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Writes at fixed times, whether the last write is done or not, and takes down how long after it was due each was done, and was
 * delivered to one who is delivered of all: by what somebody else says that they are about then.
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

    /** How long after it was due what was written was done, and was delivered. Each has its thread. */
    record WriteLatencies(Histogram done, Histogram delivered) {
        WriteLatencies() {
            this(new Histogram(3), new Histogram(3));
        }
    }

    PacedWriter(DocumentStore documents) {
        this.documents = documents;
        this.due = new long[documents.presences()];
    }

    /** Has what is done or delivered from now on taken down there. */
    void into(WriteLatencies about) {
        times = about;
    }

    /** Takes down that a change of a presence was delivered, unless it is about to be written again already. */
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
