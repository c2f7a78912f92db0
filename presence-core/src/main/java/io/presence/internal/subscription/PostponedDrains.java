package io.presence.internal.subscription;

import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The drains of the dispatcher that are postponed to a later duty cycle since the budget for unevaluated changes is
 * spent. First in, first out.
 *
 * <p><b>Threads.</b> {@link #add} by the draining thread, the rest by the dispatcher.
 */
final class PostponedDrains {

    private final Queue<LiveSubscription> queue = new ConcurrentLinkedQueue<>();

    /** Adds a subscription. Does nothing if it is in. */
    void add(LiveSubscription subscription) {
        if (subscription.postpone()) {
            try {
                queue.add(subscription);
            } catch (Throwable failure) {
                subscription.cancelPostponed();
                throw failure;
            }
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Resumes drains until the operations are spent. A drain is postponed again only after that. Returns their number.
     */
    int resume(FilterBudget allowance) {
        int count = 0;
        while (!allowance.isSpent()) {
            LiveSubscription next = queue.poll();
            if (next == null) {
                return count;
            }
            next.resumeDrain();
            count++;
        }
        return count;
    }
}
