package io.presence.internal.subscription;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.DeliveryHost;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.ReliableExecutor;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.UserCounts;
import io.presence.internal.view.Views;
import io.presence.query.Query;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The open subscriptions of a store. Each starts at one revision and receives every later change that it sees.
 *
 * <p><b>Threads.</b> {@link #subscribe}, {@link #create} and {@link #start} by any thread, the rest by the dispatcher
 * unless a method says otherwise.
 */
public final class Subscriptions {

    private final SubscriptionParts parts;
    private final DispatcherHost host;
    private long now;

    /**
     * A handler of exceptions that listeners throw.
     *
     * <p><b>Threads.</b> Called by any thread.
     */
    @FunctionalInterface
    public interface ListenerErrorHandler {

        /**
         * Handles an exception. Does not throw.
         *
         * @param continues whether the subscription continues
         */
        void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean continues);
    }

    /**
     * The configuration of a store that concerns its subscriptions.
     *
     * @param history the number of changes kept for resumption
     * @param historyBytes the bytes that these may take
     * @param executor calls the listeners of subscriptions that name no executor; null for the dispatcher
     * @param access the access of each principal
     * @param onListenerError handles exceptions of listeners
     * @param failures counts and logs other failures
     * @param monotonic a clock that does not fail
     * @param operations scales the operations that are spent on queries at a time
     * @param perUser the open subscriptions of each user, or null if there is no limit
     * @param views the options of views
     */
    public record Settings(
            int history,
            long historyBytes,
            @Nullable Executor executor,
            Function<Principal, Access> access,
            ListenerErrorHandler onListenerError,
            FailureLog failures,
            LongSupplier monotonic,
            LongUnaryOperator operations,
            @Nullable UserCounts perUser,
            Views.Settings views) {

        /** Creates the configuration with the default number of operations and no limit per user. */
        public Settings(
                int history,
                long historyBytes,
                @Nullable Executor executor,
                Function<Principal, Access> access,
                ListenerErrorHandler onListenerError,
                FailureLog failures,
                LongSupplier monotonic) {
            this(
                    history,
                    historyBytes,
                    executor,
                    access,
                    onListenerError,
                    failures,
                    monotonic,
                    LongUnaryOperator.identity(),
                    null,
                    Views.Settings.defaults());
        }
    }

    /**
     * Creates an empty registry.
     *
     * @param table the presences that snapshots are taken from
     * @param wakeUp called after another thread has added work for the dispatcher
     */
    public Subscriptions(PresenceTable table, Runnable wakeUp, Settings settings, Counters counters) {
        this(table, wakeUp, settings, counters, new IndexMatcher());
    }

    Subscriptions(PresenceTable table, Runnable wakeUp, Settings settings, Counters counters, Matcher matcher) {
        this.parts = new SubscriptionParts(table, wakeUp, settings, counters, matcher);
        this.host = new DispatcherHost(parts);
        parts.views.connect(host, this::start);
    }

    /**
     * Creates and starts a subscription.
     *
     * @param isPaused whether no call starts until it is resumed
     * @throws PresenceException {@code STORE_CLOSED}, {@code LIMIT_EXCEEDED}
     */
    public LiveSubscription subscribe(
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            PresenceListener listener,
            boolean isPaused) {
        LiveSubscription created = create(channel, options, access, filter, listener);
        if (isPaused) {
            created.pause();
        }
        start(created);
        return created;
    }

    /** Creates and starts a subscription that is not paused. */
    Subscription subscribe(
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        return subscribe(channel, options, access, filter, listener, false);
    }

    /** Creates a subscription that receives nothing until it is {@linkplain #start started}. */
    LiveSubscription create(
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        return new LiveSubscription(host, channel, access, filter, options, listener);
    }

    /**
     * Starts a subscription, which the dispatcher adds before it matches any later write.
     *
     * @throws PresenceException {@code STORE_CLOSED}, {@code LIMIT_EXCEEDED}
     */
    void start(LiveSubscription created) {
        parts.table.requireOpen();
        parts.requests.start(created);
        /* Either endAll meets it among the open ones, or this reads the flag that endAll sets before. */
        if (parts.ends.isOver) {
            created.endNow(CloseReason.STORE_CLOSED);
        } else if (parts.ends.hasEnded) {
            created.end(CloseReason.STORE_CLOSED);
        }
    }

    /** Returns the views. By any thread. */
    public Views views() {
        return parts.views;
    }

    /** Returns the services that subscriptions use. By any thread. */
    DeliveryHost host() {
        return host;
    }

    /**
     * Begins a duty cycle.
     *
     * @param time the store's clock
     */
    public void beginCycle(long time) {
        host.beginCycle();
        now = time;
        parts.budget.startCycle();
    }

    /** Runs commands of other threads within the budget. Returns their number. */
    public int runSomeCommands() {
        return parts.commands.runSome();
    }

    /** Runs all commands that were enqueued before this call. */
    public int runCommands() {
        return parts.commands.drain();
    }

    /**
     * Returns whether a write may be captured. All commands must run between the capture and the match, so there must
     * not be more of them than the budget of a duty cycle.
     */
    public boolean mayCapture() {
        return !parts.commands.exceedCaptureLimit();
    }

    /** Returns whether a command or task is pending. */
    public boolean hasCommands() {
        return !parts.commands.isEmpty() || !parts.tasks.isEmpty();
    }

    /** Enqueues a command for the dispatcher. By any thread. */
    public void command(Runnable command) {
        parts.commands.add(command);
    }

    /**
     * Delivers a change to the subscriptions that see it. If this throws, call {@link #deliverRest} to deliver the
     * change to the subscriptions that have not received it.
     */
    public void deliver(StateChange stateChange) {
        parts.changes.deliver(stateChange);
    }

    /** Delivers a change to the subscriptions that have not received it. Can be called again. */
    public void deliverRest(StateChange stateChange) {
        parts.changes.deliverRest(stateChange);
    }

    /**
     * Advances snapshot scans and postponed drains, and retries what failed or was rejected.
     *
     * @param dispatched the number of presences that the duty cycle has dispatched
     * @param isBetweenChanges false if the delivery of a change has failed: then nothing is scanned or reset
     * @return the amount of work done
     */
    public int advance(int dispatched, boolean isBetweenChanges) {
        if (parts.settings.executor() instanceof ReliableExecutor threads) {
            threads.nudge(host.cycleStart());
        }
        int work = isBetweenChanges ? parts.recovery.advance(now) : 0;
        work += parts.tasks.runSome();
        work += parts.postponed.resume(parts.budget.unevaluated());
        work += parts.deliveredCalls.complete();
        return isBetweenChanges ? work + parts.sync.advance(dispatched, parts.budget.scans()) : work;
    }

    /** Returns whether {@link #advance} would make progress. */
    public boolean canAdvance() {
        return !parts.postponed.isEmpty() || parts.sync.canAdvance() || parts.deliveredCalls.canComplete();
    }

    /** Returns whether a failed or rejected operation is to be retried. */
    public boolean hasRetries() {
        return parts.recovery.hasReminders();
    }

    /** Returns how long no drain on an executor needs to be checked and no thread to be added, in nanoseconds. */
    public long watchIdleNanos(long time) {
        long idle = parts.recovery.idleNanos(time);
        return parts.settings.executor() instanceof ReliableExecutor threads
                ? Math.min(idle, threads.idleNanos())
                : idle;
    }

    /** Returns how often a listener has left the dispatcher's thread interrupted since the last call. */
    public int takeInterrupts() {
        return host.takeInterrupts();
    }

    /**
     * Returns a stage that completes when each listener that can be called has been called with what is dispatched. By
     * any thread.
     *
     * @param dispatched completes when that is, on the dispatcher
     */
    public CompletionStage<Void> delivered(CompletionStage<Void> dispatched) {
        Thread caller = Thread.currentThread();
        DeliveredCalls.Request request = parts.deliveredCalls.add(caller, parts.failures.handledBy(caller));
        /* After the subscriptions that were started before. */
        parts.commands.add(() -> {
            var unused = dispatched.whenComplete(
                    (all, thrown) -> parts.deliveredCalls.begin(request, parts.sync.revision(), thrown));
        });
        return request.stage();
    }

    /**
     * Begins the close: a subscription that switches its principal from now on ends.
     *
     * @param isLate whether no call may start any more
     */
    public void closing(BooleanSupplier isLate) {
        parts.changes.closing(isLate);
        parts.ends.closing(isLate);
    }

    /** Delivers what is pending to each subscription, then its end. */
    public void endAll() {
        parts.ends.endAll();
    }

    /** Ends each subscription at once, whatever is pending. By any thread. */
    public void endNow() {
        parts.ends.endNow();
    }

    /** Returns whether the store is closed, so that no command runs. By any thread. */
    public boolean hasEnded() {
        return parts.ends.hasEnded();
    }

    /** Completes when the last call of the last subscription of the closed store has ended. By any thread. */
    public CompletableFuture<Void> allEnded() {
        return parts.ends.allEnded();
    }

    /** Completes like {@link #allEnded}, except for subscriptions that need the given thread, which is the caller. */
    public CompletableFuture<Void> allEndedExceptOn(Thread thread) {
        return parts.ends.allEndedExceptOn(thread);
    }

    /** Submits an empty task to the host's executor, if there is one, to learn one of its threads. By any thread. */
    public void learnExecutorThread() {
        parts.executorThreads.learn();
    }

    /** Wakes the dispatcher. By any thread. */
    public void wakeUp() {
        parts.wakeUp.run();
    }

    /** Reports a failure of the dispatcher. Does not throw. By any thread. */
    public void dispatchFailed(String message, Throwable thrown) {
        parts.failures.dispatchFailed(message, thrown);
    }

    /** Reads a monotonic clock that does not fail. By any thread. */
    public long nanos() {
        return host.nanos();
    }

    /** Returns the counters of the store. By any thread. */
    public Counters counters() {
        return parts.counters;
    }

    /** Returns the revision of the last dispatched change. By any thread. */
    public long revision() {
        return parts.sync.revision();
    }

    /** Returns the number of open subscriptions. By any thread. */
    public int size() {
        return parts.open.size();
    }

    /** Calls a function with each open subscription. By any thread. */
    public void forEach(Consumer<LiveSubscription> action) {
        parts.open.forEach(action);
    }

    /** Returns whether a thread is within a call of a listener or of the handler of its errors. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return parts.failures.isHandling(thread) || parts.open.any(subscription -> subscription.isCalledBy(thread));
    }

    /** Returns the number of subscriptions that the store ended while changes were pending. By any thread. */
    public long undeliveredSubscriptions() {
        return parts.undelivered.subscriptions();
    }

    /** Returns the number of changes that were pending then, at most one for each subscription and presence. */
    public long undeliveredChanges() {
        return parts.undelivered.changes();
    }

    /** Describes the open subscription whose filter has cost most of those left to draining threads. By any thread. */
    public @Nullable String costliestFilter() {
        return parts.costs.costliest();
    }

    /** Describes the open subscription whose filter was last left to its draining thread. By any thread. */
    public @Nullable String lastDeferred() {
        LiveSubscription last = parts.changes.lastDeferred();
        return last == null ? null : last.description();
    }

    /** Describes the subscription with the latest failure other than an exception of its listener. By any thread. */
    public @Nullable String lastFailed() {
        return parts.failures.lastFailed();
    }
}
