package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.query.Query;

/**
 * Finds the subscriptions that a step concerns.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
interface Matcher {

    /** Takes a subscription in. */
    void add(LiveSubscription subscription);

    /** Leaves a subscription out; does nothing if it is not in. */
    void remove(LiveSubscription subscription);

    /**
     * Has a subscription that is in found by another condition as well until it is taken in anew, which is when it is left
     * out and taken in.
     *
     * @param alternative what it may see, beside its own condition
     */
    void widenTo(LiveSubscription subscription, Query.Filter alternative);

    /**
     * Visits each subscription that sees the presence before or after a step, once.
     *
     * @param step the step
     * @param visitor is told which; it may close subscriptions but not add or remove them here
     */
    void match(StateChange step, Visitor visitor);

    /**
     * Visits each subscription that sees the presence before or after a step, once. When the operations are spent, those that
     * may see it are visited as {@linkplain BoundedVisitor#undecided undecided} instead.
     *
     * @return the operations that were spent
     */
    long match(StateChange step, long operations, BoundedVisitor told);

    /** Is told too of subscriptions that a step may concern. */
    interface BoundedVisitor extends Visitor {

        /** Takes a subscription whose condition was not evaluated for both states of a step. */
        void undecided(LiveSubscription subscription, StateChange step);
    }

    /** Is told the subscriptions that a step concerns. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Takes a subscription.
         *
         * @param seesBefore whether it sees the state before the step
         * @param seesAfter whether it sees the state after the step
         */
        void matched(LiveSubscription subscription, StateChange step, Change change);
    }
}
