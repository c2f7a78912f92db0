package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.query.Query;

/**
 * An index that finds the subscriptions to which a state change is visible.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
interface Matcher {

    /** Adds a subscription. */
    void add(LiveSubscription subscription);

    /** Removes a subscription. Does nothing if it is not in. */
    void remove(LiveSubscription subscription);

    /**
     * Indexes a subscription under a further condition as well, until it is removed and added again.
     *
     * @param alternative the further condition
     */
    void widenTo(LiveSubscription subscription, Query.Filter alternative);

    /**
     * Visits each subscription that sees the state before or after a change, once.
     *
     * @param visitor may close subscriptions, but must not add or remove them here
     */
    void match(StateChange stateChange, Visitor visitor);

    /**
     * Visits each subscription that sees the state before or after a change, once. When the operations are spent, a
     * subscription that may see one is visited as {@linkplain BoundedVisitor#undecided undecided} instead.
     *
     * @return the number of operations that were spent
     */
    long match(StateChange stateChange, long operations, BoundedVisitor visitor);

    /** A visitor that is also called with undecided subscriptions. */
    interface BoundedVisitor extends Visitor {

        /** Visits a subscription whose condition was not evaluated for both states. */
        void undecided(LiveSubscription subscription, StateChange stateChange);
    }

    /** A visitor of the subscriptions to which a change is visible. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Visits a subscription.
         *
         * @param change the effect on the visible presences
         */
        void matched(LiveSubscription subscription, StateChange stateChange, Change change);
    }
}
