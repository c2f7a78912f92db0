package io.presence.user;

import io.presence.Subscription.CloseReason;

/**
 * A callback that receives the changes of users. It is called as a {@link io.presence.PresenceListener} is: calls of
 * one subscription do not overlap, each happens-before the next one, and an exception affects no other subscription.
 */
@FunctionalInterface
public interface UserListener {

    /**
     * Called with one event, by the draining thread.
     *
     * @param event a change of a user
     */
    void onEvent(UserEvent event);

    /**
     * Called when the subscription is in sync, by the draining thread: the users that have entered and not exited are
     * exactly those of the view at {@code revision}.
     *
     * @param revision the revision at which the subscription is in sync
     */
    default void onSynced(long revision) {}

    /**
     * Called when all previously delivered users must be discarded, by the draining thread. ENTER events for each user
     * of the view follow, then {@link #onSynced}.
     */
    default void onReset() {}

    /**
     * Called last, and only if the store closed the subscription, by the draining thread.
     *
     * @param reason the reason why the store closed the subscription
     */
    default void onClosed(CloseReason reason) {}
}
