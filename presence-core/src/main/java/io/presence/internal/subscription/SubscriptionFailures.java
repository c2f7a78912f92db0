package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.Reminders;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts and logs the failures of listeners, of delivery and of the dispatcher, each with the subscription that it
 * concerns.
 *
 * <p><b>Threads.</b> Safe for use by any thread. No method throws.
 */
final class SubscriptionFailures {

    private static final String UNDESCRIBED =
            FailureLog.text("a subscription without a name, for whose description there was no memory");

    private final FailureLog log;
    private final Subscriptions.ListenerErrorHandler onListenerError;
    private final Counters counters;
    private final DeliveryRecovery recovery;
    /* The threads that are in the host's handler of listener errors, with the subscription of the outermost call. */
    private final Map<Thread, LiveSubscription> handling = new ConcurrentHashMap<>();
    private volatile @Nullable String lastFailed;

    SubscriptionFailures(
            FailureLog log,
            Subscriptions.ListenerErrorHandler onListenerError,
            Counters counters,
            DeliveryRecovery recovery) {
        this.log = log;
        this.onListenerError = onListenerError;
        this.counters = counters;
        this.recovery = recovery;
    }

    /**
     * Reports an exception of a listener.
     *
     * @param continues whether the subscription stays open
     */
    void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean continues) {
        boolean isOutermost = false;
        try {
            counters.listenerError();
            isOutermost = handling.putIfAbsent(Thread.currentThread(), subscription) == null;
            onListenerError.listenerFailed(subscription, thrown, continues);
        } catch (Throwable failure) {
            recovery.report(subscription, FailureLog.CONTINUES, failure);
        } finally {
            if (isOutermost) {
                handling.remove(Thread.currentThread());
            }
        }
    }

    /** Returns the subscription whose error a thread is handling, or null. */
    @Nullable LiveSubscription handledBy(Thread thread) {
        return handling.get(thread);
    }

    /** Returns whether a thread is within a call of the handler of listener errors. */
    boolean isHandling(Thread thread) {
        return handling.containsKey(thread);
    }

    /** Reports a failure of delivery that the subscription survives. */
    void deliveryFailed(LiveSubscription subscription, Throwable failure) {
        record(subscription);
        recovery.report(subscription, FailureLog.CONTINUES, failure);
    }

    /**
     * Reports a failure that ended a drain, which is scheduled again.
     *
     * @param hasLost whether changes were lost, so that the listener must be reset
     */
    void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        recovery.drainFailed(subscription, hasLost, failure);
        record(subscription);
    }

    /** Reports a failed switch of principal, which ends the subscription. */
    void switchFailed(LiveSubscription subscription, Throwable failure) {
        record(subscription);
        recovery.report(subscription, FailureLog.ENDS, failure);
    }

    /** Ends a subscription in a later duty cycle, without memory. Until then nothing is delivered to it. */
    void endLater(LiveSubscription subscription) {
        subscription.holdLost();
        recovery.remind(subscription, Reminders.END);
    }

    /** Reports lost changes of a listener that does not support resets. */
    void lost(LiveSubscription subscription) {
        record(subscription);
        recovery.lost(subscription);
    }

    /** Reports a failure of the dispatcher. */
    void dispatchFailed(String message, Throwable thrown) {
        try {
            log.report(Kind.DISPATCH, Level.ERROR, message, thrown);
        } catch (Throwable again) {
            /* Probably a StackOverflowError, which leaves nothing to report it with. */
            Thread.onSpinWait();
        }
    }

    /** Reports a failure of the dispatcher that ends one subscription. */
    void dispatchFailed(LiveSubscription subscription, String message, Throwable thrown) {
        dispatchFailed(named(subscription, message), thrown);
    }

    private String named(LiveSubscription subscription, String message) {
        try {
            return record(subscription) + ": " + message;
        } catch (Throwable undescribable) {
            return message;
        }
    }

    /** Records the subscription that failed last, and returns its description, or a constant without memory for it. */
    String record(LiveSubscription subscription) {
        String description;
        try {
            description = subscription.description();
        } catch (Throwable undescribable) {
            String name = subscription.options().name();
            description = name == null ? UNDESCRIBED : name;
        }
        lastFailed = description;
        return description;
    }

    /** Returns the description of the subscription that failed last outside of its listener. */
    @Nullable String lastFailed() {
        return lastFailed;
    }
}
