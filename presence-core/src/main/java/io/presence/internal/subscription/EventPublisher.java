package io.presence.internal.subscription;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.SubscriptionOptions;
import io.presence.internal.store.Access;
import io.presence.query.Query;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A publisher of the events of a channel. Each subscriber has a subscription of its own, which delivers the events that
 * the subscriber has requested.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class EventPublisher implements Flow.Publisher<PresenceEvent> {

    private final Subscriptions subscriptions;
    private final Channel channel;
    private final SubscriptionOptions options;
    private final Access access;
    private final Query.Filter filter;

    /**
     * Creates a publisher.
     *
     * @throws IllegalArgumentException if an option can cause a reset, for which a stream has no signal
     */
    public EventPublisher(
            Subscriptions subscriptions,
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter) {
        requireStreamOptions(options);
        this.subscriptions = subscriptions;
        this.channel = channel;
        this.options = options.initialRequest(0).closeOnError();
        this.access = access;
        this.filter = filter;
    }

    /* The first two options can cause a reset, for which a stream has no signal. */
    private static void requireStreamOptions(SubscriptionOptions options) {
        String token = options.resumeFrom();
        if (options.maxPending() != Integer.MAX_VALUE) {
            throw notAllowed("maxPending", String.valueOf(options.maxPending()));
        }
        if (token != null) {
            throw notAllowed("resumeFrom", "a token of " + token.length() + " characters");
        }
        if (options.initialRequest() != Long.MAX_VALUE) {
            throw notAllowed("initialRequest", String.valueOf(options.initialRequest()));
        }
    }

    private static IllegalArgumentException notAllowed(String option, String value) {
        return new IllegalArgumentException(option + " must not be set for a publisher: " + value);
    }

    @Override
    public void subscribe(Flow.@Nullable Subscriber<? super PresenceEvent> subscriber) {
        requireNonNull(subscriber, "subscriber must not be null");
        new FlowSubscription(subscriptions, channel, options, access, filter, subscriber).begin();
    }
}
