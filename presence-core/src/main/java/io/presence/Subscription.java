package io.presence;

import java.util.concurrent.CompletionStage;

/**
 * A running listener, until it or the store is closed.
 *
 * <p><b>Slow listeners.</b> What a listener has yet to be told waits, at most one change per presence: writes that
 * follow each other are merged into the latest, and a presence that came and went untold is not told at all. So what
 * waits is bounded by the presences that the subscription sees or was told of, however many writes there are; the final
 * state is always told.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface Subscription extends AutoCloseable {

    /** Why a subscription ended. */
    enum CloseReason {
        /** {@link Subscription#close()} was called. */
        CLOSED,
        /** The store was closed. */
        STORE_CLOSED,
        /** The listener threw, and was to be {@linkplain SubscriptionOptions#closeOnError closed} then. */
        LISTENER_FAILED,
        /**
         * The store could not match or keep a change for this subscription: it ran out of memory, for instance. The
         * others go on. Subscribe anew to go on; {@link PresenceStore#health} has what was thrown.
         */
        STORE_FAILED,
        /**
         * More was pending than may be kept for a listener that can't hear that changes are missing, since it does not
         * override {@link PresenceListener#onReset}: on a channel of one action some 16 MiB of states that nothing else
         * keeps, such as those of presences that are gone. Nothing of it is delivered.
         */
        OVERFLOWED
    }

    /**
     * Lets no further call start until {@link #resume()}; what changes meanwhile waits. Does not wait for a running
     * call. Pausing twice is pausing once. A listener that throws in the call that paused it is still told that it is
     * closed, if it is to be: that is part of the call.
     */
    void pause();

    /** Ends a pause. Does nothing without one. */
    void resume();

    /**
     * Lets so many more events be told, of one that has a limited {@linkplain SubscriptionOptions#initialRequest demand}; otherwise does
     * nothing. Sums beyond {@link Long#MAX_VALUE} stand for no limit.
     *
     * @param more positive
     * @throws IllegalArgumentException if it is not
     */
    void request(long more);

    /**
     * Tells how many presences have something waiting that is not told yet.
     *
     * @return 0 if there is nothing to tell
     */
    int pendingCount();

    /**
     * Tells how far the listener has been told. Within a call, what that call tells is included.
     *
     * @return the revision up to which nothing is missing, or -1 until the subscription is in sync for the first time
     *     or again
     */
    long revision();

    /**
     * Tells where a later subscription can {@linkplain SubscriptionOptions#resumeFrom go on} from, if all that was told until now
     * arrives. Within a call, what that call tells is included. One that is ahead with some presences and behind with
     * others, as in the middle of what waited for a slow listener, is nowhere: who goes on from there starts over.
     *
     * @return an opaque text of at most 64 characters, good for as long as the store and its history last
     */
    String resumeToken();

    /**
     * Makes this subscription another principal's, for example since its teams have changed: presences that come into
     * sight are told as ENTER, those that go out of sight as EXIT, at one revision, then
     * {@link PresenceListener#onSynced}. No call starts from now until it is known what to tell.
     *
     * <p>On a channel of one action, nothing is told but what happens from now on, and what waits is dropped.
     *
     * @param principal who it is from now on
     * @throws PresenceException {@code SCOPE_MISSING} if the principal may not read, {@code LIMIT_EXCEEDED} if its user
     *     has as many subscriptions as it {@linkplain PresenceStoreBuilder#maxSubscriptionsPerUser may}; then nothing
     *     changes
     */
    void switchPrincipal(Principal principal);

    /**
     * Ends this subscription. After it has returned no call to the listener starts; from within a call, none after
     * that one. Does not wait for a running call, which one is from the moment its executor has committed to it:
     * {@link #closeFuture()} tells when that has ended. Closing twice does nothing.
     */
    @Override
    void close();

    /**
     * Returns when and why this subscription ended.
     *
     * @return completes once no call is running and none will start; dependents may run on the dispatcher
     */
    CompletionStage<CloseReason> closeFuture();
}
