package io.presence.internal.delivery;

import io.presence.Principal;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription needs of the bus that it is on.
 *
 * <p><b>Threads.</b> By any thread, unless a method says otherwise.
 */
public interface DeliveryHost {

    /** Runs what is given to it on the dispatcher, soon. */
    Executor dispatcher();

    /** Runs the calls of subscriptions that name no executor; null for the dispatcher. */
    @Nullable Executor defaultExecutor();

    /** What a principal may do. */
    Access access(Principal principal);

    /** The revision of the last step that every subscription has been left. */
    long revision();

    /** What is counted. */
    Counters counters();

    /** By what a subscription of the same makes can go on from a revision, or from nothing if that is -1. */
    String resumeToken(LiveSubscription subscription, long revision);

    /** Notes that a subscription was closed and is to be left out. */
    void closed(LiveSubscription subscription);

    /** Notes that a subscription was told to start over, and is to be given what there is. */
    void resetDelivered(LiveSubscription subscription);

    /**
     * Holds a subscription, and notes that it is now another's.
     *
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}; then nothing has changed
     */
    void principalSwitched(LiveSubscription subscription, Access access);

    /** Notes that a subscription which is being given what there is has room for more. */
    void capacityAvailable();

    /**
     * Notes that a subscription which is awaited may have delivered enough. Does not throw.
     *
     * @param isCaller whether the calling thread has entered the gate, with nothing left to deliver
     */
    void progressed(LiveSubscription subscription, boolean isCaller);

    /**
     * Reports what a listener threw. Does not throw.
     *
     * @param goesOn whether the subscription goes on
     */
    void failed(LiveSubscription subscription, Throwable thrown, boolean goesOn);

    /**
     * Returns what the calling thread may spend on deciding changes that were left open: if it is the dispatcher, what
     * is left of this round.
     */
    FilterBudget allowance();

    /** Counts the operations that a subscription's filter has taken for changes that were left open. */
    void filterEvaluated(LiveSubscription subscription, long operations);

    /** Tells whether the store itself holds a state, as that of a presence or as the one dispatched last. */
    boolean isHeld(PresenceState state);

    /** Tells whether the calling thread is the dispatcher. */
    boolean isDispatcher();

    /**
     * Notes that the dispatcher has no more to spend on a subscription in this round, and is to go on with it in
     * another.
     */
    void postpone(LiveSubscription subscription);

    /**
     * Reports a failure outside of the listener, after which the delivery of a subscription goes on. Does not throw.
     */
    void deliveryFailed(LiveSubscription subscription, Throwable failure);

    /**
     * Reports a failure outside of the listener, by which a turn ended. The subscription is to be signalled again. Does
     * not throw.
     *
     * @param hasLost whether changes were lost, so that the listener must start over
     */
    void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure);

    /** Reports that an executor refused to run a subscription, which is to be signalled again. Does not throw. */
    void executorRejected(LiveSubscription subscription, Throwable refusal);

    /**
     * Counts changes that are not delivered since the store closes. Does not throw.
     *
     * @param subscriptions the number of subscriptions that were not counted before
     * @param changes the number of changes
     */
    void undelivered(int subscriptions, int changes);

    /** Reports that changes were lost, of which the listener can't be informed. Does not throw. */
    void lost(LiveSubscription subscription);

    /**
     * Clears the flag of the dispatcher's thread that a listener has left interrupted, and counts it. Any other thread
     * keeps it.
     */
    void interrupted();

    /** Notes that a turn of a subscription is scheduled, which an executor of the host may drop. Does not throw. */
    void watch(LiveSubscription subscription, Executor executor);

    /** Reports that an executor has not begun a turn in time, which is scheduled again. Does not throw. */
    void overdue(LiveSubscription subscription, long nanos);

    /** Reads a monotonic clock that does not fail, which is not the one of the host. */
    long nanos();

    /**
     * The reading of that clock at the start of the dispatcher's round. By the dispatcher; for others a racy reading.
     */
    long roundStart();
}
