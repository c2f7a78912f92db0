package io.presence.internal.dispatch;

import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;

/**
 * The age of the oldest write that is not dispatched.
 *
 * <p>Entries are dispatched in the order in which they were added. A duty cycle records the number of entries added by
 * its start. Once as many are taken, all remaining ones were added later. The age is exact if the dispatcher is stuck.
 * If it is busy, the age is too high by at most the time in which the queue is dispatched once.
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

    void beginCycle(long now) {
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

    /* The clock belongs to the host, and health must answer when it fails. */
    private long now() {
        try {
            return clocks.now();
        } catch (Throwable thrown) {
            return lastReading;
        }
    }
}
