package io.presence.user;

import io.presence.Subscription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listener that receives the changes of users, and a view of these users that any thread can read.
 *
 * <p>The view has the users with a presence that the principal can read and the filters match. It is computed from
 * these presences alone: neither status, {@code since} nor the number of presences depends on any other one. Reading it
 * returns the users as dispatched last, which the listener may receive later. It is incomplete while the snapshot is
 * being taken, and not updated once the subscription is closed.
 *
 * <p><b>Slow listeners.</b> Undelivered changes are pending, at most one for each user. A user that entered and exited
 * while both changes were pending is not delivered at all, and one that exited and entered is an UPDATE, or nothing if
 * it is the same again. {@link #pendingCount} counts users.
 *
 * <p><b>Principal.</b> {@link #switchPrincipal} delivers the difference between the users of both principals at one
 * revision, followed by {@link UserListener#onSynced}.
 *
 * <p><b>Resuming.</b> No history of users is kept. A {@link #resumeToken} causes a reset and a new snapshot.
 *
 * <p><b>Cost.</b> The view is shared by all user subscriptions with equal filters and equal rights: the same roles and
 * the same user. It takes about 90 bytes for each user, and the dispatcher updates it once for each change.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface UserSubscription extends Subscription {

    /**
     * Returns a user.
     *
     * <p><b>Cost.</b> One look-up, and one visit of each presence of the user up to 16. Takes no lock.
     *
     * @param userId the user
     * @return null if the user has no visible presence
     */
    @Nullable UserPresence of(String userId);

    /**
     * Returns the number of users.
     *
     * @return the number of users with a visible presence
     */
    int size();

    /**
     * Returns the last heartbeat of a user that is gone: the latest
     * {@link io.presence.PresenceEvent#lastSeenAt lastSeenAt} of those of its presences that have ended while they were
     * visible to this view. They are compared by the wall clock: if it was set back meanwhile, the latest one need not
     * be the last. The view keeps it for a
     * {@linkplain io.presence.PresenceStoreBuilder#lastSeen limited number of users and a limited time}, and from its
     * start on only.
     *
     * <p><b>Cost.</b> One look-up, under a lock that is held for one look-up at a time.
     *
     * @param userId the user
     * @return a time by the wall clock; null if the user has a visible presence, or nothing is known
     */
    @Nullable Instant lastSeen(String userId);
}
