package io.presence.internal.subscription;

import io.presence.PresenceException;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.LiveSubscription;
import java.util.concurrent.Flow;

/**
 * One subscription of a publisher, as its subscriber holds it.
 *
 * <p><b>Threads.</b> {@link #begin} by who subscribes, the rest by any.
 */
final class FlowSubscription implements Flow.Subscription {

    private final SerializedSubscriber signals;
    private final Subscriptions subscriptions;
    private final LiveSubscription live;

    /**
     * Makes a subscription that has not begun.
     *
     * @param live what was made to tell the signals, and is not added yet
     */
    FlowSubscription(SerializedSubscriber signals, Subscriptions subscriptions, LiveSubscription live) {
        this.signals = signals;
        this.subscriptions = subscriptions;
        this.live = live;
    }

    /**
     * Adds the subscription, and hands it to the subscriber. It is in place by then, so that what the subscriber writes
     * at once is told; nothing is before the subscriber has returned.
     */
    void begin() {
        live.pause();
        try {
            subscriptions.start(live);
        } catch (PresenceException refusal) {
            signals.fail(refusal);
            live.endNow(CloseReason.STORE_CLOSED);
        } catch (Throwable failure) {
            signals.fail(failure);
            live.close();
        }
        try {
            /* For one that the store ends without a call, since it has not requested all that waits. */
            var unused = live.closeFuture().thenAccept(this::ended);
            signal(() -> signals.subscribed(this));
        } finally {
            live.resume();
        }
    }

    private void ended(CloseReason reason) {
        if (reason == CloseReason.STORE_CLOSED) {
            signal(signals::complete);
        } else if (reason == CloseReason.STORE_FAILED || reason == CloseReason.OVERFLOWED) {
            signal(() -> signals.fail(new IllegalStateException("subscription must be deliverable: " + reason)));
        }
    }

    /* Of a signal that is not made in a call of the listener. */
    private void signal(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            live.close();
            subscriptions.host().failed(live, thrown, false);
        }
    }

    @Override
    public void request(long n) {
        if (signals.areOver()) {
            return;
        }
        if (n > 0) {
            live.request(n);
        } else {
            live.close();
            signal(() -> signals.fail(
                    new IllegalArgumentException("n must be positive (Reactive Streams, rule 3.9): " + n)));
        }
    }

    @Override
    public void cancel() {
        signals.cancel();
        live.close();
    }
}
