package io.presence;

import java.util.concurrent.CompletionStage;

/**
 * A listener that receives the events of a channel until the subscription or the store is closed.
 *
 * <p><b>Slow listeners.</b> Undelivered changes are pending, at most one for each presence. Consecutive writes of a
 * presence are conflated, and a presence that entered and exited while both changes were pending is not delivered at
 * all. Hence the memory for a slow listener is bounded by the number of presences that the subscription sees, whatever
 * the number of writes. The final state is always delivered.
 *
 * <p><b>After the close.</b> {@link #pause}, {@link #resume}, {@link #request} and {@link #switchPrincipal} check their
 * argument and have no other effect. Nothing is pending. {@link #revision} and {@link #resumeToken} return the position
 * of the last call, so that a later subscription receives what the close has dropped.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface Subscription extends AutoCloseable {

    /** The reason why a subscription ended. */
    enum CloseReason {
        /** {@link Subscription#close()} was called. */
        CLOSED,
        /** The store was closed. */
        STORE_CLOSED,
        /**
         * The {@linkplain io.presence.session.PresenceSession session} of the subscription was closed because the store
         * is {@linkplain PresenceStore#drain drained}. The client should connect again, to another node.
         */
        DRAINED,
        /** The listener threw an exception, and {@link SubscriptionOptions#closeOnError} is set. */
        LISTENER_FAILED,
        /**
         * The store could not match or keep a change for this subscription, for example because it ran out of memory.
         * Other subscriptions continue. {@link PresenceStore#health} returns the cause.
         */
        STORE_FAILED,
        /**
         * More was pending than the store keeps for a listener that does not override {@link PresenceListener#onReset}
         * and therefore cannot be notified of missing changes. Only a channel of one action has this limit. It counts
         * the pending states that nothing else keeps, such as those of ended presences, and is 16 MiB. None of the
         * pending changes are delivered.
         */
        OVERFLOWED
    }

    /**
     * Pauses delivery: no further call starts until {@link #resume()}, and changes are pending meanwhile. This method
     * does not wait for a running call. Pausing a paused subscription has no effect. If the running call throws and
     * {@link SubscriptionOptions#closeOnError} is set, {@link PresenceListener#onClosed} is called as part of that
     * call.
     */
    void pause();

    /** Resumes delivery. Does nothing if the subscription is not paused. */
    void resume();

    /**
     * Increases the demand of a subscription with {@link SubscriptionOptions#initialRequest}: {@code more} further
     * events can be delivered. Has no effect on a subscription without a limit. A sum above {@link Long#MAX_VALUE}
     * means no limit.
     *
     * @param more positive
     * @throws IllegalArgumentException if it is not positive
     */
    void request(long more);

    /**
     * Returns the number of presences with a pending change.
     *
     * @return 0 if nothing is pending
     */
    int pendingCount();

    /**
     * Returns the highest revision up to which every change has been delivered, including those of the current
     * callback.
     *
     * @return the revision, or -1 while the subscription is not in sync: before {@link PresenceListener#onSynced} is
     *     called for the first time, and after a reset
     */
    long revision();

    /**
     * Returns a token from which a later subscription can {@linkplain SubscriptionOptions#resumeFrom resume} if all
     * events delivered until now, including those of the current callback, arrive at the client. While a backlog is
     * partially delivered there is no consistent position; a token taken then causes a reset.
     *
     * @return an opaque text of at most 64 characters, valid until the store is closed or its history no longer reaches
     *     back so far
     */
    String resumeToken();

    /**
     * Switches this subscription to another principal, for example after the teams of its user have changed. Presences
     * that become visible are delivered as ENTER and presences that are no longer visible as EXIT, all at one revision,
     * followed by {@link PresenceListener#onSynced}. No call starts until the store has worked out these events.
     *
     * <p>On a channel of one action, only later changes are delivered, and pending changes are dropped.
     *
     * @param principal the new principal
     * @throws PresenceException {@code SCOPE_MISSING} if the new principal lacks the scope to read;
     *     {@code LIMIT_EXCEEDED} if its user has reached {@link PresenceStoreBuilder#maxSubscriptionsPerUser}. The
     *     subscription is not changed then
     */
    void switchPrincipal(Principal principal);

    /**
     * Closes this subscription. After this method has returned, no call of the listener starts. If it is called within
     * a call of the listener, no further call follows. It does not wait for a running call, nor for one that the
     * draining thread has already begun; {@link #closeFuture()} completes after such a call. Closing a closed
     * subscription has no effect.
     */
    @Override
    void close();

    /**
     * Returns a stage that completes with the reason of the end, after no call is running and none can start.
     *
     * @return the same stage each time; dependents can run on the dispatcher
     */
    CompletionStage<CloseReason> closeFuture();
}
