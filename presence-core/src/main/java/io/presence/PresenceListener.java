package io.presence;

import java.util.List;

/**
 * A callback that receives the events of a {@link Subscription}.
 *
 * <p><b>Threads.</b> Calls of one subscription do not overlap, and each call happens-before the next one. The thread
 * that makes them is called the draining thread. It is a thread of the subscription's executor, where a listener can
 * block: further changes are then pending, conflated to at most one for each presence. For a subscription
 * {@linkplain SubscriptionOptions#onDispatcher on the dispatcher} it is the dispatcher, where a listener must return
 * quickly and must not block. A write to a socket channel or to a queue is suitable there.
 *
 * <p><b>Calls of the store.</b> A listener can write to the store, subscribe, and close its own and other
 * subscriptions. The resulting events are delivered after the call has returned, never within it.
 *
 * <p><b>Errors.</b> An exception of a listener is passed to {@link PresenceStoreBuilder#onListenerError} and affects no
 * other subscription. The subscription continues unless {@link SubscriptionOptions#closeOnError} is set.
 */
@FunctionalInterface
public interface PresenceListener {

    /**
     * Called with one event, by the draining thread.
     *
     * @param event a change of a presence that is or was visible to this subscription
     */
    void onEvent(PresenceEvent event);

    /**
     * Called when the subscription is in sync, by the draining thread: the presences that have entered and not exited
     * are exactly those visible at {@code revision}. This happens at the end of a snapshot, after a resumed
     * subscription has received all missed changes, and after the effects of a change of principal have been delivered.
     *
     * @param revision the revision at which the subscription is in sync; all later events have greater revisions
     */
    default void onSynced(long revision) {}

    /**
     * Called when all previously delivered state must be discarded, by the draining thread. ENTER events for every
     * visible presence follow, then {@link #onSynced}.
     *
     * <p>The reasons are: more changes are pending than the subscription allows, the missed changes of a resumed
     * subscription are no longer known, the principal changed before the subscription was in sync, or the store could
     * not keep a change, for example because it ran out of memory. On a channel of one action no ENTER events follow,
     * and the call means that changes are missing.
     */
    default void onReset() {}

    /**
     * Called last, and only if the store closed the subscription, by the draining thread. Not called after
     * {@link Subscription#close()}.
     *
     * @param reason the reason why the store closed the subscription
     */
    default void onClosed(Subscription.CloseReason reason) {}

    /** A listener that receives pending events in batches of up to {@link SubscriptionOptions#batchSize} events. */
    @FunctionalInterface
    interface Batching extends PresenceListener {

        /**
         * Called with one or more events, by the draining thread.
         *
         * @param events a non-empty, immutable list, in the order of delivery
         */
        void onEvents(List<PresenceEvent> events);

        @Override
        default void onEvent(PresenceEvent event) {
            onEvents(List.of(event));
        }
    }
}
