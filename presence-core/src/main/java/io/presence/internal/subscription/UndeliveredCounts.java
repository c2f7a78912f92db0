package io.presence.internal.subscription;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of changes that were pending when the store ended their subscriptions, and of those subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free.
 */
public final class UndeliveredCounts {

    private final AtomicLong subscriptions = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    /** Starts at zero. */
    UndeliveredCounts() {}

    void add(int ended, int pending) {
        subscriptions.addAndGet(ended);
        changes.addAndGet(pending);
    }

    /** Returns how many subscriptions ended while changes were pending. */
    public long subscriptions() {
        return subscriptions.get();
    }

    /** Returns how many changes were pending then: at most one for each subscription and presence. */
    public long changes() {
        return changes.get();
    }
}
