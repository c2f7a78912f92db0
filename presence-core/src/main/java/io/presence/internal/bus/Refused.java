package io.presence.internal.bus;

import io.presence.internal.deliver.LiveSubscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Subscriptions whose executor refused to run them, until they are tried again.
 *
 * <p><b>Threads.</b> {@link #add} by any thread, the rest by the dispatcher.
 */
final class Refused {

    private final Queue<LiveSubscription> waiting = new ConcurrentLinkedQueue<>();

    void add(LiveSubscription subscription) {
        waiting.add(subscription);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Tries those that are in it now, each once. */
    void retry() {
        if (!waiting.isEmpty()) {
            for (int left = waiting.size(); left > 0; left--) {
                LiveSubscription subscription = waiting.remove();
                if (subscription.isOpen()) {
                    subscription.signal();
                }
            }
        }
    }
}
