package io.presence.internal.dispatch;

import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;

/**
 * How long the oldest write has waited that is not dispatched.
 *
 * <p>Entries are dispatched in the order in which they were added. So each round notes how many had been added by its start;
 * when as many are taken, all that are left were written after that. The age is exact if the dispatcher is stuck, and at most
 * one pass over the queue too high if it is busy.
 *
 * <p><b>Threads.</b> {@link #nanos} by any thread, the rest by the dispatcher.
 */
final class UndispatchedAge {

    private final DirtyQueue dirty;
    private final Clocks clocks;
    private long markAdded;
    private long markTime;
    private volatile long since;
    private volatile long lastReading;

    UndispatchedAge(DirtyQueue dirty, Clocks clocks) {
        this.dirty = dirty;
        this.clocks = clocks;
    }

    void roundBegins(long now) {
        lastReading = now;
        if (dirty.taken() >= markAdded) {
            since = markTime;
            markAdded = dirty.added();
            markTime = now;
        }
    }

    long nanos() {
        long behind = dirty.behindSince();
        if (behind < 0) {
            return 0;
        }
        return Math.max(0, now() - Math.max(behind, since));
    }

    /* The clock is the host's, and health must answer when it fails. */
    private long now() {
        try {
            return clocks.now();
        } catch (Throwable thrown) {
            return lastReading;
        }
    }
}
