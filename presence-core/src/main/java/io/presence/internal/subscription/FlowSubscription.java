package io.presence.internal.subscription;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.query.Query;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscriber;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a publisher. It has two roles: it is the {@code Flow.Subscription} that the subscriber receives,
 * and the listener that calls the subscriber.
 *
 * <p>Signals are serial (Reactive Streams, rule 1.3) without a lock of their own. The subscription is paused during
 * {@code onSubscribe}. {@code onNext} runs in a call of the listener, and an end runs in such a call, or when the close
 * future completes, which it does after the last call. The reference to the subscriber is dropped at the end (rule
 * 3.13).
 *
 * <p><b>Threads.</b> {@link #begin} once, by the thread that subscribes, the rest by any thread.
 */
final class FlowSubscription implements Flow.Subscription, PresenceListener {

    private final Subscriptions subscriptions;
    private final LiveSubscription live;
    /* Null after the end. */
    private volatile @Nullable Subscriber<? super PresenceEvent> subscriber;
    private volatile @Nullable Throwable failure;

    /** Creates a subscription that has not begun. */
    FlowSubscription(
            Subscriptions subscriptions,
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            Subscriber<? super PresenceEvent> subscriber) {
        this.subscriptions = subscriptions;
        this.subscriber = subscriber;
        this.live = subscriptions.create(channel, options, access, filter, this);
    }

    /**
     * Starts the subscription and passes it to the subscriber. Changes that the subscriber writes in
     * {@code onSubscribe} are delivered after that has returned.
     */
    void begin() {
        live.pause();
        try {
            subscriptions.start(live);
        } catch (PresenceException rejection) {
            failure = rejection;
            live.endNow(CloseReason.STORE_CLOSED);
        } catch (Throwable thrown) {
            failure = thrown;
            live.close();
        }
        try {
            signal(this::subscribed);
            /* After onSubscribe, so that no end precedes it or runs beside it (rule 1.9). */
            var unused = live.closeFuture().thenAccept(reason -> signal(() -> end(reason)));
        } finally {
            live.resume();
        }
    }

    private void subscribed() {
        Subscriber<?> receiver = subscriber;
        if (receiver != null) {
            receiver.onSubscribe(this);
        }
    }

    /* Runs a signal outside of a call of the listener. What it throws is reported, and no signal follows. */
    private void signal(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            cancel();
            subscriptions.host().failed(live, thrown, false);
        }
    }

    @Override
    public void onEvent(PresenceEvent event) {
        Subscriber<? super PresenceEvent> receiver = subscriber;
        if (receiver == null) {
            return;
        }
        try {
            receiver.onNext(event);
        } catch (Throwable thrown) {
            subscriber = null;
            throw thrown;
        }
        if (failure != null) {
            end(CloseReason.CLOSED);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        end(reason);
    }

    /* At most one thread at a time. The first call signals the end, and later ones do nothing. */
    private void end(CloseReason reason) {
        Subscriber<?> receiver = subscriber;
        Throwable thrown = failureAt(reason);
        subscriber = null;
        if (receiver != null && thrown != null) {
            receiver.onError(thrown);
        } else if (receiver != null && reason == CloseReason.STORE_CLOSED) {
            receiver.onComplete();
        }
    }

    private @Nullable Throwable failureAt(CloseReason reason) {
        if (failure == null && (reason == CloseReason.STORE_FAILED || reason == CloseReason.OVERFLOWED)) {
            return new IllegalStateException("subscription must be deliverable: " + reason);
        }
        return failure;
    }

    @Override
    public void request(long n) {
        if (subscriber == null || failure != null) {
            return;
        }
        if (n > 0) {
            live.request(n);
        } else {
            failure = new IllegalArgumentException("n must be positive (Reactive Streams, rule 3.9): " + n);
            live.close();
        }
    }

    @Override
    public void cancel() {
        subscriber = null;
        live.close();
    }
}
