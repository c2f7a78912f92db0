package io.presence;

import java.util.List;

/**
 * What a {@link Subscription} calls.
 *
 * <p><b>Threads.</b> Calls of one subscription never overlap and each sees what the former did. They run on the
 * subscription's executor, where they may block: what changes meanwhile waits, merged per presence. Those of a
 * {@linkplain SubscriptionOptions#onDispatcher direct} subscription run on the store's dispatcher, where they must be quick
 * and must not block: a channel write or a hand-over to a queue.
 *
 * <p><b>Calling back.</b> A listener may write to the store, subscribe, and close its own or other subscriptions. What
 * that leads to is told later, never from within the call.
 *
 * <p><b>Errors.</b> What a listener throws is reported to {@link PresenceStoreBuilder#onListenerError} and harms
 * nobody else; the subscription goes on, unless it is to {@linkplain SubscriptionOptions#closeOnError end}.
 */
@FunctionalInterface
public interface PresenceListener {

    /**
     * Takes one event.
     *
     * @param event a step of a presence that this subscription may see
     */
    void onEvent(PresenceEvent event);

    /**
     * Takes word that the subscription is in sync: the presences entered and not left are exactly those in sight at
     * this revision. Called at the end of a snapshot, after what was missed by one who returned, and when a change of
     * the principal has been told.
     *
     * @param revision what the subscription is in sync with; all events that follow are later
     */
    default void onSynced(long revision) {}

    /**
     * Takes word to start over: whatever was told is void. What is in sight follows as ENTER events, then
     * {@link #onSynced}. Called if more waits than the subscription allows, if somebody returns of whom it is no longer
     * known what was missed, and if the principal changes before the subscription is in sync. On a channel of one
     * action nothing that is in sight follows: there it says that changes are missing.
     */
    default void onReset() {}

    /**
     * Takes the end of the subscription, if the store ended it. The last call. Not made after
     * {@link Subscription#close()}, which promises that no call starts once it has returned.
     *
     * @param reason why the store ended it
     */
    default void onClosed(Subscription.CloseReason reason) {}

    /** A listener that takes what waits in batches, of up to {@link SubscriptionOptions#batchSize} events. */
    @FunctionalInterface
    interface Batching extends PresenceListener {

        /**
         * Takes some events.
         *
         * @param events at least one, in order; immutable
         */
        void onEvents(List<PresenceEvent> events);

        @Override
        default void onEvent(PresenceEvent event) {
            onEvents(List.of(event));
        }
    }
}
