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
 * What a caller may see of a channel, as a stream: each subscriber gets a subscription of its own, which tells it nothing
 * but what it has requested.
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
     * Makes a publisher of what is subscribed to in the same way.
     *
     * @throws IllegalArgumentException if the options are such that a stream of events can't say what happens
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

    /* Either of the first two may have to say "start over", for which there is no signal. */
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

    private static IllegalArgumentException notAllowed(String option, String asked) {
        return new IllegalArgumentException(option + " must not be asked of a publisher: " + asked);
    }

    @Override
    public void subscribe(Flow.@Nullable Subscriber<? super PresenceEvent> subscriber) {
        SerializedSubscriber signals =
                new SerializedSubscriber(requireNonNull(subscriber, "subscriber must not be null"));
        FlowListener listener = new FlowListener(signals);
        FlowSubscription made = new FlowSubscription(
                signals, subscriptions, subscriptions.create(channel, options, access, filter, listener));
        made.begin();
    }
}
