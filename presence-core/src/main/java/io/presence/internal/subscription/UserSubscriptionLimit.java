package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.StoreErrors;
import io.presence.internal.store.UserCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the open subscriptions of each user; does nothing in a store without one. Guests and trusted callers have
 * no limit.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class UserSubscriptionLimit {

    private final @Nullable UserCounts counts;
    /* The user that each open subscription counts for. Subscriptions compare by identity. */
    private final Map<LiveSubscription, String> users = new ConcurrentHashMap<>();

    UserSubscriptionLimit(@Nullable UserCounts counts) {
        this.counts = counts;
    }

    /**
     * Counts a subscription that is about to be added.
     *
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}
     */
    void acquire(LiveSubscription subscription) {
        if (counts != null) {
            acquire(counts, subscription, subscription.limitedUser());
        }
    }

    /* Returns the user that the subscription counted for before, or null. */
    private @Nullable String acquire(UserCounts counts, LiveSubscription subscription, @Nullable String user) {
        if (user == null) {
            return users.remove(subscription);
        }
        if (!counts.acquire(user)) {
            throw StoreErrors.subscriptionsOfUser(counts.limit());
        }
        try {
            return users.put(subscription, user);
        } catch (Throwable t) {
            counts.release(user);
            throw t;
        }
    }

    /** Releases the count of a subscription that is closed or was not added. Can be called again. */
    void release(LiveSubscription subscription) {
        String user = counts == null ? null : users.remove(subscription);
        if (counts != null && user != null) {
            counts.release(user);
        }
    }

    /**
     * Counts a subscription for another user, and runs its switch to that user.
     *
     * @param change runs the switch; concurrent calls run one after the other
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}; then nothing has changed
     */
    void move(LiveSubscription subscription, Access access, Runnable change) {
        if (counts == null) {
            change.run();
            return;
        }
        String user = access.limitedUser();
        synchronized (this) {
            if (user == null || !user.equals(users.get(subscription))) {
                String before = acquire(counts, subscription, user);
                if (before != null) {
                    counts.release(before);
                }
            }
            change.run();
        }
        /* A close that ran meanwhile has released the former user only. */
        if (!subscription.isOpen()) {
            release(subscription);
        }
    }
}
