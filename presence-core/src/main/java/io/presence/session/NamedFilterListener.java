package io.presence.session;

import io.presence.Subscription;

/**
 * A callback that receives the events of a subscription with {@link NamedFilters}. It is called once for each change,
 * with all names that the change concerns.
 *
 * <p><b>Threads, calls of the store, errors.</b> As for {@link io.presence.PresenceListener}. Conflation, resets and
 * errors concern the listener as a whole and not single names.
 */
@FunctionalInterface
public interface NamedFilterListener {

    /**
     * Called with one event, by the draining thread.
     *
     * @param event a change of a presence that matches or matched at least one name
     */
    void onEvent(NamedFilterEvent event);

    /**
     * Called when all names are in sync at one revision, by the draining thread.
     *
     * @param revision the revision; all later events have greater revisions
     * @see io.presence.PresenceListener#onSynced(long)
     */
    default void onSynced(long revision) {}

    /**
     * Called when the delivered state of all names must be discarded, by the draining thread. A listener that does not
     * override it cannot have options that lead to a reset.
     *
     * @see io.presence.PresenceListener#onReset()
     */
    default void onReset() {}

    /**
     * Called last, and only if the store closed the subscription, by the draining thread.
     *
     * @param reason the reason why the store closed the subscription
     * @see io.presence.PresenceListener#onClosed(Subscription.CloseReason)
     */
    default void onClosed(Subscription.CloseReason reason) {}
}
