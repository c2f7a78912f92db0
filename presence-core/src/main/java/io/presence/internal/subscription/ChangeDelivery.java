package io.presence.internal.subscription;

import io.presence.PresenceEvent.Change;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.OpenSubscriptions;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.stats.FailureLog;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Matches each dispatched state change with the open subscriptions, and delivers it to them or enqueues it.
 *
 * <p>The visibility of a state depends on the state alone, so no state is kept per subscription and presence: each
 * subscription has received, or has pending, what it sees of the state that was dispatched last.
 *
 * <p><b>Failures.</b> A subscription whose matching or delivery throws ends; the others receive the change.
 *
 * <p><b>Threads.</b> Dispatcher only, except {@link #lastDeferred}.
 */
final class ChangeDelivery {

    private static final String DELIVERING_FAILED =
            FailureLog.text("delivering a change failed, the subscription ends");
    private static final String MATCHING_FAILED = FailureLog.text("matching a subscription failed, it ends");

    private final Matcher matcher;
    private final SubscriptionSync sync;
    private final OpenSubscriptions open;
    private final MatchBudget budget;
    private final SubscriptionFailures failures;
    private final UndeliveredCounts undelivered;
    private final Consumer<LiveSubscription> closed;
    private final Matcher.BoundedVisitor bounded = new Bounded();
    private @Nullable BooleanSupplier isLate;
    private volatile @Nullable LiveSubscription lastDeferred;

    /**
     * Creates the delivery of a store without subscriptions.
     *
     * @param closed called with a subscription that was ended here
     */
    ChangeDelivery(
            Matcher matcher,
            SubscriptionSync sync,
            OpenSubscriptions open,
            MatchBudget budget,
            SubscriptionFailures failures,
            UndeliveredCounts undelivered,
            Consumer<LiveSubscription> closed) {
        this.matcher = matcher;
        this.sync = sync;
        this.open = open;
        this.budget = budget;
        this.failures = failures;
        this.undelivered = undelivered;
        this.closed = closed;
    }

    /** Delivers a change to each subscription that sees it. If this throws, {@link #deliverRest} continues. */
    void deliver(StateChange stateChange) {
        stateChange.beginCalls();
        try {
            budget.spend(matcher.match(stateChange, budget.remainingForChange(), bounded));
            sync.dispatched(stateChange);
        } finally {
            stateChange.endCalls();
        }
    }

    /** Delivers a change, without the index, to each subscription that has not received it. Can be called again. */
    void deliverRest(StateChange stateChange) {
        /* See loseInterrupted: the handler of deliver may not have run. */
        stateChange.endCalls();
        if (sync.revision() < stateChange.revision()) {
            open.forEach(subscription -> matchAlone(subscription, stateChange));
            sync.dispatched(stateChange);
        }
    }

    /**
     * Stops delivery once the closing store is out of time.
     *
     * @param isLate whether no call may start any more
     */
    void closing(BooleanSupplier isLate) {
        this.isLate = isLate;
    }

    /** Returns the open subscription whose filter was last left to its draining thread, or null. By any thread. */
    @Nullable LiveSubscription lastDeferred() {
        LiveSubscription last = lastDeferred;
        return last == null || !last.isOpen() ? null : last;
    }

    private void deliverTo(LiveSubscription subscription, StateChange stateChange, Change change) {
        subscription.matchingAt(stateChange.revision());
        try {
            sync.deliver(subscription, stateChange, change);
        } catch (Throwable thrown) {
            fail(subscription, DELIVERING_FAILED, thrown);
        }
        subscription.matchedAt(stateChange.revision());
    }

    private void deliverInTimeTo(LiveSubscription subscription, StateChange stateChange, Change change) {
        BooleanSupplier late = isLate;
        if (late != null && late.getAsBoolean()) {
            endUndelivered(subscription);
        } else {
            deliverTo(subscription, stateChange, change);
        }
    }

    private void endUndelivered(LiveSubscription subscription) {
        if (subscription.isOpen()) {
            undelivered.add(subscription.pendingCount() == 0 ? 1 : 0, 1);
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* Skips one that is not in the index. One whose condition throws is the reason why the index failed, and ends. */
    private void matchAlone(LiveSubscription subscription, StateChange stateChange) {
        if (subscription.handle() == null
                || !subscription.isOpen()
                || subscription.isMatchedAt(stateChange.revision())) {
            return;
        }
        if (subscription.isInterruptedAt(stateChange.revision())) {
            loseInterrupted(subscription, stateChange);
            return;
        }
        try {
            Change change = Visibility.of(subscription, stateChange);
            if (change != null) {
                deliverInTimeTo(subscription, stateChange, change);
            }
        } catch (Throwable thrown) {
            fail(subscription, MATCHING_FAILED, thrown);
        }
    }

    /*
     * HotSpot runs no handler of a compiled method that returns to the interpreter when there is no memory for the
     * objects that it had not allocated. So the handler of deliverTo is not enough.
     */
    private static void loseInterrupted(LiveSubscription subscription, StateChange stateChange) {
        subscription.lose(new IllegalStateException("the delivery of a change was interrupted"));
        subscription.matchedAt(stateChange.revision());
    }

    /** Ends a subscription because of a failure of the dispatcher; later, if that fails as well. Does not throw. */
    void fail(LiveSubscription subscription, String message, Throwable thrown) {
        try {
            failures.dispatchFailed(subscription, message, thrown);
            subscription.endNow(CloseReason.STORE_FAILED);
            closed.accept(subscription);
        } catch (Throwable again) {
            failures.endLater(subscription);
        }
    }

    /** Delivers matches; a filter that the budget did not cover is evaluated later by the draining thread. */
    private final class Bounded implements Matcher.BoundedVisitor {

        @Override
        public void matched(LiveSubscription subscription, StateChange stateChange, Change change) {
            deliverInTimeTo(subscription, stateChange, change);
        }

        @Override
        public void undecided(LiveSubscription subscription, StateChange stateChange) {
            subscription.matchingAt(stateChange.revision());
            try {
                sync.enqueueUnevaluated(subscription, stateChange);
                lastDeferred = subscription;
            } catch (Throwable thrown) {
                fail(subscription, DELIVERING_FAILED, thrown);
            }
            subscription.matchedAt(stateChange.revision());
        }
    }
}
