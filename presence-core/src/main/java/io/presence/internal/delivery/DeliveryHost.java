package io.presence.internal.delivery;

import io.presence.Principal;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The services that the dispatcher provides to a subscription.
 *
 * <p><b>Threads.</b> By any thread, unless a method says otherwise.
 */
public interface DeliveryHost {

    /** Returns an executor that runs tasks on the dispatcher. */
    Executor dispatcher();

    /** Returns the executor of subscriptions that name none, or null for the dispatcher. */
    @Nullable Executor defaultExecutor();

    /** Returns the access of a principal. */
    Access access(Principal principal);

    /** Returns the revision of the last change that was delivered to, or enqueued for, all subscriptions. */
    long revision();

    /** Returns the counters of the store. */
    Counters counters();

    /** Returns the resume token of a revision, or one that causes a reset if the revision is -1. */
    String resumeToken(LiveSubscription subscription, long revision);

    /** Called when a subscription was closed, so that the dispatcher removes it. */
    void closed(LiveSubscription subscription);

    /** Called when a listener has been reset, so that the dispatcher starts a snapshot. */
    void resetDelivered(LiveSubscription subscription);

    /**
     * Holds a subscription and switches it to the access of another principal.
     *
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}; then nothing has changed
     */
    void principalSwitched(LiveSubscription subscription, Access access);

    /** Called when a mailbox has capacity for more of a snapshot. */
    void capacityAvailable();

    /**
     * Called when a subscription may have delivered what a call of {@code delivered()} waits for. Does not throw.
     *
     * @param isCaller whether the calling thread is within the call gate, with nothing left to deliver
     */
    void progressed(LiveSubscription subscription, boolean isCaller);

    /**
     * Reports an exception of a listener. Does not throw.
     *
     * @param continues whether the subscription continues
     */
    void failed(LiveSubscription subscription, Throwable thrown, boolean continues);

    /**
     * Returns the budget of operations with which the calling thread may evaluate unevaluated changes. The dispatcher
     * gets the rest of the budget of this duty cycle.
     */
    FilterBudget allowance();

    /** Counts the operations that the filter of a subscription has used for unevaluated changes. */
    void filterEvaluated(LiveSubscription subscription, long operations);

    /** Returns whether the presence table holds a state, as the current one or as the one dispatched last. */
    boolean isHeld(PresenceState state);

    /** Returns whether the calling thread is the dispatcher. */
    boolean isDispatcher();

    /** Postpones the drain of a subscription to a later duty cycle, since the budget of this one is spent. */
    void postpone(LiveSubscription subscription);

    /** Reports a failure outside the listener that the drain survives. Does not throw. */
    void deliveryFailed(LiveSubscription subscription, Throwable failure);

    /**
     * Reports a failure outside the listener that ended a drain, which is scheduled again. Does not throw.
     *
     * @param hasLost whether changes were lost, so that the listener is reset
     */
    void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure);

    /** Reports that an executor rejected a drain, which is scheduled again. Does not throw. */
    void executorRejected(LiveSubscription subscription, Throwable rejection);

    /**
     * Counts changes that are not delivered because the store closes. Does not throw.
     *
     * @param subscriptions the number of subscriptions that were not counted before
     * @param changes the number of changes
     */
    void undelivered(int subscriptions, int changes);

    /** Reports lost changes of a listener that does not support resets. Does not throw. */
    void lost(LiveSubscription subscription);

    /**
     * Clears and counts the interrupt flag of the dispatcher thread, if a listener has set it. Other threads keep
     * theirs.
     */
    void interrupted();

    /** Called when a drain was submitted to an executor of the host, which can drop it. Does not throw. */
    void watch(LiveSubscription subscription, Executor executor);

    /** Reports a drain that an executor has not begun in time, and that was submitted again. Does not throw. */
    void overdue(LiveSubscription subscription, long nanos);

    /** Reads a monotonic clock of the store that does not fail. */
    long nanos();

    /** Returns the value of that clock at the start of the duty cycle. A racy reading except for the dispatcher. */
    long cycleStart();
}
