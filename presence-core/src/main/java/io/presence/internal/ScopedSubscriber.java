package io.presence.internal;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.internal.session.Sessions;
import io.presence.internal.store.Access;
import io.presence.query.Query;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import java.util.function.Function;

/** The subscriptions of sessions, each by the view of the store that its caller has. */
final class ScopedSubscriber implements Sessions.Subscriber {

    private final Function<Access, ScopedPresences> views;

    ScopedSubscriber(Function<Access, ScopedPresences> views) {
        this.views = views;
    }

    @Override
    public Subscription subscribe(
            Access access,
            Channel channel,
            SubscriptionOptions options,
            PresenceListener listener,
            boolean isPaused,
            Query... filters) {
        return views.apply(access).subscribe(channel, options, listener, isPaused, filters);
    }

    @Override
    public Subscription subscribe(
            Access access,
            Channel channel,
            SubscriptionOptions options,
            NamedFilterListener listener,
            boolean isPaused,
            NamedFilters filters) {
        return views.apply(access).subscribe(channel, options, listener, isPaused, filters);
    }
}
