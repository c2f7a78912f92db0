package io.presence;

/**
 * What a {@link Subscription} calls.
 *
 * <p><b>Threads.</b> Calls of one subscription never overlap and each sees what the former did. They run on the
 * store's dispatcher, so a call must be quick and must not block: a channel write or a hand-over to a queue.
 *
 * <p><b>Calling back.</b> A listener may write to the store, subscribe, and close its own or other subscriptions. What
 * that leads to is dispatched later, never from within the call.
 *
 * <p><b>Errors.</b> What a listener throws is reported to {@link PresenceStore.Builder#onListenerError} and harms
 * nobody else; the subscription goes on.
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
     * Takes the end of the snapshot: the presences entered so far are exactly those in sight at this revision. Called
     * once, and only with {@link Subscription.Options#withSnapshot()}.
     *
     * @param revision the revision that the snapshot is of; all events that follow are later
     */
    default void synced(long revision) {}

    /**
     * Takes the end of the subscription, if the store ended it. The last call. Not made after
     * {@link Subscription#close()}, which promises that no call starts once it has returned.
     *
     * @param reason why the store ended it
     */
    default void closed(Subscription.CloseReason reason) {}
}
