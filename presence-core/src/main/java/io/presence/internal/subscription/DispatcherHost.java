package io.presence.internal.subscription;

import io.presence.Principal;
import io.presence.internal.delivery.DeliveryHost;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The services of a store's dispatcher to its subscriptions.
 *
 * <p><b>Threads.</b> {@link #beginCycle} and {@link #takeInterrupts} by the dispatcher, the rest by any thread.
 */
final class DispatcherHost implements DeliveryHost {

    private final SubscriptionParts parts;
    private final Executor dispatcherExecutor = this::execute;
    private volatile @Nullable Thread dispatcher;
    private long cycleStart;
    private int interrupts;

    DispatcherHost(SubscriptionParts parts) {
        this.parts = parts;
    }

    /** Records the start of a duty cycle, on the thread that runs it. */
    void beginCycle() {
        cycleStart = nanos();
        if (!isDispatcher()) {
            dispatcher = Thread.currentThread();
        }
    }

    /** Returns how often a listener has left the dispatcher's thread interrupted since the last call. */
    int takeInterrupts() {
        int taken = interrupts;
        interrupts = 0;
        return taken;
    }

    @Override
    public Executor dispatcher() {
        return dispatcherExecutor;
    }

    /* Checks again after adding: a task added after the last drain would never run. */
    private void execute(Runnable task) {
        if (!parts.ends.isOver()) {
            parts.tasks.add(task);
        }
        if (parts.ends.isOver()) {
            throw new RejectedExecutionException("store is closed");
        }
    }

    @Override
    public @Nullable Executor defaultExecutor() {
        return parts.settings.executor();
    }

    @Override
    public Access access(Principal principal) {
        return parts.settings.access().apply(principal);
    }

    @Override
    public long revision() {
        return parts.sync.revision();
    }

    @Override
    public Counters counters() {
        return parts.counters;
    }

    @Override
    public String resumeToken(LiveSubscription subscription, long revision) {
        return parts.sync.token(subscription, revision);
    }

    @Override
    public void closed(LiveSubscription subscription) {
        parts.requests.close(subscription);
    }

    @Override
    public void resetDelivered(LiveSubscription subscription) {
        parts.requests.resetDelivered(subscription);
    }

    @Override
    public void principalSwitched(LiveSubscription subscription, Access access) {
        parts.requests.switchPrincipal(subscription, access);
    }

    @Override
    public void capacityAvailable() {
        parts.wakeUp.run();
    }

    @Override
    public void progressed(LiveSubscription subscription, boolean isCaller) {
        parts.progressed(subscription, isCaller);
    }

    @Override
    public void failed(LiveSubscription subscription, Throwable thrown, boolean continues) {
        parts.failures.listenerFailed(subscription, thrown, continues);
    }

    @Override
    public FilterBudget allowance() {
        return isDispatcher() ? parts.budget.unevaluated() : parts.budget.drain();
    }

    @Override
    public void filterEvaluated(LiveSubscription subscription, long operations) {
        parts.costs.add(subscription, operations);
    }

    @Override
    public boolean isHeld(PresenceState state) {
        return parts.table.isHeld(state);
    }

    @Override
    public boolean isDispatcher() {
        return dispatcher == Thread.currentThread();
    }

    @Override
    public void postpone(LiveSubscription subscription) {
        parts.postponed.add(subscription);
    }

    @Override
    public void deliveryFailed(LiveSubscription subscription, Throwable failure) {
        parts.failures.deliveryFailed(subscription, failure);
    }

    @Override
    public void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        parts.failures.drainFailed(subscription, hasLost, failure);
        parts.ends.endNowIfEnded(subscription);
    }

    @Override
    public void executorRejected(LiveSubscription subscription, Throwable rejection) {
        parts.recovery.executorRejected(subscription, rejection);
        parts.ends.endNowIfEnded(subscription);
    }

    @Override
    public void undelivered(int subscriptions, int changes) {
        parts.undelivered.add(subscriptions, changes);
    }

    @Override
    public void lost(LiveSubscription subscription) {
        parts.failures.lost(subscription);
    }

    @Override
    public void interrupted() {
        if (isDispatcher() && Thread.interrupted()) {
            interrupts++;
        }
    }

    @Override
    public void watch(LiveSubscription subscription, Executor executor) {
        parts.recovery.watch(subscription, executor);
    }

    @Override
    public void overdue(LiveSubscription subscription, long nanos) {
        parts.recovery.overdue(subscription, nanos);
    }

    @Override
    public long nanos() {
        return parts.settings.monotonic().getAsLong();
    }

    @Override
    public long cycleStart() {
        return cycleStart;
    }
}
