package io.presence.count;

import io.presence.Subscription.CloseReason;

/**
 * A callback that receives the changes of counts. It is called as a {@link io.presence.PresenceListener} is: calls of
 * one subscription do not overlap, each happens-before the next one, and an exception affects no other subscription.
 */
@FunctionalInterface
public interface CountListener {

    /**
     * Called with the count of one value, by the draining thread. While the listener is slow, changes are conflated:
     * it receives the latest count of each value, and nothing for a value that came and went meanwhile.
     *
     * @param count the count now, zero if no presence has the value any more
     */
    void onCount(ValueCount count);

    /**
     * Called when the listener has received the count of each value as it was at a revision, by the draining thread.
     *
     * @param revision the revision
     */
    default void onSynced(long revision) {}

    /**
     * Called when all previously delivered counts must be discarded, by the draining thread. The count of each value
     * follows, then {@link #onSynced}.
     */
    default void onReset() {}

    /**
     * Called last, and only if the store closed the subscription, by the draining thread.
     *
     * @param reason the reason why the store closed the subscription
     */
    default void onClosed(CloseReason reason) {}
}
