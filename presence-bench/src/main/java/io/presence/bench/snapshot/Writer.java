package io.presence.bench.snapshot;

import io.presence.bench.Clockwork;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Writes at fixed times, whether the last write is done or not, and takes down how long after it was due each was done, and was
 * told to one who is told of all: by what somebody else says that they are about then.
 */
final class Writer implements Runnable {
    private static final int PER_SECOND = 20_000;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final String[] STATUSES = {"away", "online"};

    private final Documents documents;
    private final Random random = new Random(1);
    private final long[] due;
    private volatile Times times = new Times();
    private volatile boolean isStopped;

    /** How long after it was due what was written was done, and was told. Each has its thread. */
    record Times(Histogram done, Histogram told) {
        Times() {
            this(new Histogram(3), new Histogram(3));
        }
    }

    Writer(Documents documents) {
        this.documents = documents;
        this.due = new long[documents.presences()];
    }

    /** Has what is done or told from now on taken down there. */
    void into(Times about) {
        times = about;
    }

    /** Takes down that a change of a presence was told, unless it is about to be written again already. */
    void told(int presence) {
        long nanos = System.nanoTime() - due[presence];
        if (nanos >= 0) {
            times.told.recordValue(nanos);
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
            Clockwork.await(next);
            Histogram done = times.done;
            documents.write(presence, STATUSES[i & 1]);
            done.recordValue(System.nanoTime() - next);
        }
    }
}
