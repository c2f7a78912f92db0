package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.OpenSubscriptions;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.view.Views;

/** The collaborators of {@link Subscriptions}, created and connected. */
final class SubscriptionParts {

    private static final String SYNC_FAILED = FailureLog.text("synchronizing a subscription failed, it ends");

    final PresenceTable table;
    final Runnable wakeUp;
    final Subscriptions.Settings settings;
    final Counters counters;
    final OpenSubscriptions open = new OpenSubscriptions();
    final PostponedDrains postponed = new PostponedDrains();
    final UndeliveredCounts undelivered = new UndeliveredCounts();
    final MatchBudget budget;
    final FilterCosts costs;
    final CommandQueue commands;
    final DispatcherTasks tasks;
    final DeliveredCalls deliveredCalls;
    final DeliveryRecovery recovery;
    final SubscriptionFailures failures;
    final ExecutorThreads executorThreads;
    final Views views;
    final SubscriptionSync sync;
    final SubscriptionEnds ends;
    final SubscriptionRequests requests;
    final ChangeDelivery changes;

    SubscriptionParts(
            PresenceTable table, Runnable wakeUp, Subscriptions.Settings settings, Counters counters, Matcher matcher) {
        this.table = table;
        this.wakeUp = wakeUp;
        this.settings = settings;
        this.counters = counters;
        this.budget = new MatchBudget(settings.operations());
        this.costs = new FilterCosts(settings.monotonic());
        this.commands = new CommandQueue(wakeUp, this::commandFailed, settings.monotonic());
        this.tasks = new DispatcherTasks(wakeUp, settings.monotonic());
        this.deliveredCalls = new DeliveredCalls(open, wakeUp, this::hasEnded, PresenceTable::closedError);
        this.recovery = new DeliveryRecovery(settings.failures(), counters, wakeUp, this::recover);
        this.failures = new SubscriptionFailures(settings.failures(), settings.onListenerError(), counters, recovery);
        this.executorThreads = new ExecutorThreads(open, settings.executor());
        History history = new History(settings.history(), settings.historyBytes());
        this.views = new Views(settings.views(), table::now);
        this.sync = new SubscriptionSync(matcher, table, history, views, this::syncFailed);
        this.ends = new SubscriptionEnds(open, commands, tasks, deliveredCalls, failures, executorThreads);
        this.requests = new SubscriptionRequests(
                commands,
                sync,
                recovery,
                failures,
                open,
                new UserSubscriptionLimit(settings.perUser()),
                ends,
                this::forgotten);
        this.changes = new ChangeDelivery(matcher, sync, open, budget, failures, undelivered, requests::close);
    }

    private void commandFailed(Runnable command, Throwable failure) {
        requests.commandFailed(command, failure);
    }

    private boolean hasEnded() {
        return ends.hasEnded();
    }

    private void recover(LiveSubscription subscription, int reasons) {
        requests.recover(subscription, reasons);
    }

    private void syncFailed(LiveSubscription subscription, Throwable thrown) {
        changes.fail(subscription, SYNC_FAILED, thrown);
    }

    private void forgotten(LiveSubscription subscription) {
        costs.forget(subscription);
        progressed(subscription, false);
    }

    /** Completes calls of {@code delivered()} that wait for a subscription. Does not throw. */
    void progressed(LiveSubscription subscription, boolean isCaller) {
        try {
            deliveredCalls.update(subscription, isCaller);
        } catch (Throwable failure) {
            /* The next drain tries again. */
            recovery.drainFailed(subscription, false, failure);
        }
    }
}
