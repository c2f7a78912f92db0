package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.SubscriptionOptions;
import io.presence.internal.store.Access;
import io.presence.query.Query;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A subscription to users, and the view of them. */
final class LiveUsers extends ViewSubscription implements UserSubscription {

    private LiveUsers(Views views, View view, Access access, SubscriptionOptions options, UserCalls calls) {
        super(views.host(), views, view, access, options, calls);
    }

    /**
     * Starts a subscription.
     *
     * @throws IllegalArgumentException if the options need a listener that supports resets
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    static UserSubscription start(
            Views views, Access access, Query.Filter filter, SubscriptionOptions options, UserListener listener) {
        UserCalls calls = new UserCalls(listener);
        return views.follow(
                ViewKey.of(views.userKind(), access, filter),
                access,
                view -> new LiveUsers(views, view, access, options, calls));
    }

    private UserFold fold() {
        return (UserFold) shown().fold();
    }

    @Override
    public @Nullable UserPresence of(String userId) {
        return fold().get(requireNonNull(userId, "userId must not be null"));
    }

    @Override
    public int size() {
        return fold().size();
    }

    @Override
    public @Nullable Instant lastSeen(String userId) {
        return fold().lastSeen(requireNonNull(userId, "userId must not be null"));
    }
}
