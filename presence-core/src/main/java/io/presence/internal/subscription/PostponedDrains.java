package io.presence.internal.subscription;

import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Subscriptions that the dispatcher drains itself, and with which it goes on in a later round, since it has spent what
 * it may on queries. First come, first taken up.
 *
 * <p><b>Threads.</b> {@link #add} by the draining thread of the subscription, the rest by the dispatcher.
 */
final class PostponedDrains {

    private final Queue<LiveSubscription> waiting = new ConcurrentLinkedQueue<>();

    /** Adds a subscription that is not in it. */
    void add(LiveSubscription subscription) {
        if (subscription.postpone()) {
            try {
                waiting.add(subscription);
            } catch (Throwable failure) {
                subscription.cancelPostponed();
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
    int resume(FilterBudget allowance) {
        int done = 0;
        while (!allowance.isSpent()) {
            LiveSubscription next = waiting.poll();
            if (next == null) {
                return done;
            }
            next.resumeDrain();
            done++;
        }
        return done;
    }
}
