package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.StoreErrors;
import io.presence.internal.store.UserCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which user each open subscription counts for, in a store that limits them; does nothing in any other. Guests and
 * trusted code have no limit.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class UserSubscriptionLimit {

    private final @Nullable UserCounts counts;
    /* By identity, which a subscription has. */
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
            acquire(counts, subscription, subscription.access().limitedUser());
        }
    }

    /* Returns for whom it counted before. */
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

    /** Gives back what is counted for a subscription, which is closed or was not added. May be called again. */
    void release(LiveSubscription subscription) {
        String user = counts == null ? null : users.remove(subscription);
        if (counts != null && user != null) {
            counts.release(user);
        }
    }

    /**
     * Counts a subscription for another user, and makes it that user's.
     *
     * @param change makes it so, in the order of calls
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
        /* A subscription that was closed meanwhile has given back what was counted before. */
        if (!subscription.isOpen()) {
            release(subscription);
        }
    }
}
