package io.presence.internal.dispatch;

import io.presence.internal.subscription.Subscriptions;

/**
 * The failures of one duty cycle.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class CycleFailures {

    private final Subscriptions subscriptions;
    private boolean hasFailed;

    CycleFailures(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Forgets the failures of the previous cycle. */
    void beginCycle() {
        hasFailed = false;
    }

    void report(String message, Throwable thrown) {
        hasFailed = true;
        subscriptions.dispatchFailed(message, thrown);
    }

    /** Returns whether a failure was reported in this cycle. */
    boolean hasFailed() {
        return hasFailed;
    }
}
