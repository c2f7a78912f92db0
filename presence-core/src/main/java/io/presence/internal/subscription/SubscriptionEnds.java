package io.presence.internal.subscription;

import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.OpenSubscriptions;
import io.presence.internal.stats.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * The end of all subscriptions when the store closes: each receives what is pending, then its end, within the time that
 * the store has.
 *
 * <p><b>Threads.</b> Only the dispatcher calls {@link #closing} and {@link #endAll}. Any thread can call the other
 * methods.
 */
final class SubscriptionEnds implements SubscriptionRequests.StoreState {

    private static final String END_FAILED = FailureLog.text("ending a subscription failed, it ends without a call");

    private final OpenSubscriptions open;
    private final CommandQueue commands;
    private final DispatcherTasks tasks;
    private final DeliveredCalls deliveredCalls;
    private final SubscriptionFailures failures;
    private final ExecutorThreads executorThreads;
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private BooleanSupplier isLate = () -> false;
    private volatile boolean isClosing;
    /* Read as fields where a call that fails would have to be undone. */
    volatile boolean hasEnded;
    volatile boolean isOver;

    SubscriptionEnds(
            OpenSubscriptions open,
            CommandQueue commands,
            DispatcherTasks tasks,
            DeliveredCalls deliveredCalls,
            SubscriptionFailures failures,
            ExecutorThreads executorThreads) {
        this.open = open;
        this.commands = commands;
        this.tasks = tasks;
        this.deliveredCalls = deliveredCalls;
        this.failures = failures;
        this.executorThreads = executorThreads;
    }

    @Override
    public boolean isClosing() {
        return isClosing;
    }

    @Override
    public boolean hasEnded() {
        return hasEnded;
    }

    /** Returns whether the dispatcher runs no further task. */
    boolean isOver() {
        return isOver;
    }

    /** Begins the close. */
    void closing(BooleanSupplier isLate) {
        this.isLate = isLate;
        this.isClosing = true;
    }

    /** Ends a subscription whose drain failed if the dispatcher schedules no further drain. */
    void endNowIfEnded(LiveSubscription subscription) {
        if (hasEnded) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /** Delivers what is pending to each subscription, then its end. */
    void endAll() {
        hasEnded = true;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        open.forEach(subscription -> {
            end(subscription);
            if (!subscription.hasEnded()) {
                ends.add(subscription.closeFuture().toCompletableFuture());
            }
        });
        drain();
        isOver = true;
        drain();
        /* Those that wait for demand, and that the dispatcher would call, end here. */
        open.forEach(LiveSubscription::signal);
        ends.removeIf(CompletableFuture::isDone);
        var unused = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, thrown) -> {
                    deliveredCalls.end();
                    allEnded.complete(null);
                });
    }

    private void end(LiveSubscription subscription) {
        try {
            if (isLate.getAsBoolean()) {
                subscription.endNow(CloseReason.STORE_CLOSED);
            } else {
                subscription.end(CloseReason.STORE_CLOSED);
            }
        } catch (Throwable thrown) {
            failures.dispatchFailed(END_FAILED, thrown);
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* Commands call on-dispatcher listeners, which may add further commands. */
    private void drain() {
        int done;
        do {
            done = commands.drain() + tasks.runSome();
        } while ((done > 0 || !tasks.isEmpty()) && !isLate.getAsBoolean());
    }

    /** Ends each open subscription at once, whatever is pending. No call starts afterwards. */
    void endNow() {
        isClosing = true;
        hasEnded = true;
        isOver = true;
        open.forEach(subscription -> subscription.endNow(CloseReason.STORE_CLOSED));
        deliveredCalls.end();
    }

    /** Completes when the last call of the last subscription of the closed store has ended. */
    CompletableFuture<Void> allEnded() {
        return allEnded;
    }

    /**
     * Completes like {@link #allEnded}, but does not wait for subscriptions on an executor of the host that is known to
     * call listeners on the given thread and on no other. Called by that thread, after the last duty cycle.
     */
    CompletableFuture<Void> allEndedExceptOn(Thread thread) {
        Set<Executor> executors = executorThreads.needing(thread);
        if (executors.isEmpty()) {
            return allEnded;
        }
        List<CompletableFuture<?>> ends = new ArrayList<>();
        open.forEach(subscription -> {
            if (!subscription.hasEnded() && !executors.contains(subscription.executor())) {
                ends.add(subscription.closeFuture().toCompletableFuture());
            }
        });
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }
}
