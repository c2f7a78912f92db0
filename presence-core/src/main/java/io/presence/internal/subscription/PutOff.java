package io.presence.internal.subscription;

import io.presence.internal.delivery.Allowance;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Subscriptions that the dispatcher drains itself, and with which it goes on in a later round, since it has spent what
 * it may on queries. First come, first taken up.
 *
 * <p><b>Threads.</b> {@link #add} by the draining thread of the subscription, the rest by the dispatcher.
 */
final class PutOff {

    private final Queue<LiveSubscription> waiting = new ConcurrentLinkedQueue<>();

    /** Adds a subscription that is not in it. */
    void add(LiveSubscription subscription) {
        if (subscription.putOff()) {
            try {
                waiting.add(subscription);
            } catch (Throwable failure) {
                subscription.cancelPutOff();
                throw failure;
            }
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Goes on with those that are in it until the operations are spent: only then is one put off again. Returns with
     * how many.
     */
    int takeUp(Allowance allowance) {
        int done = 0;
        while (!allowance.isSpent()) {
            LiveSubscription next = waiting.poll();
            if (next == null) {
                return done;
            }
            next.takeUp();
            done++;
        }
        return done;
    }
}
