package io.presence.internal.subscription;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of the changes that were pending when the store ended their subscriptions, and of those subscriptions.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Lock-free.
 */
final class UndeliveredCounts {

    private final AtomicLong subscriptions = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    void add(int ended, int pending) {
        subscriptions.addAndGet(ended);
        changes.addAndGet(pending);
    }

    /** Returns the number of subscriptions that ended while changes were pending. */
    long subscriptions() {
        return subscriptions.get();
    }

    /** Returns the number of changes that were pending then, at most one for each subscription and presence. */
    long changes() {
        return changes.get();
    }
}
