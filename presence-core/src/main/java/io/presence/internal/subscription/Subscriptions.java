package io.presence.internal.subscription;

import io.presence.Channel;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.FilterBudget;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.UserCounts;
import io.presence.query.Query;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions: takes them in at one revision, and leaves them each step that concerns them.
 *
 * <p>What a subscription sees of a state depends on the state alone, so nothing is remembered per subscription and
 * presence: it has been told of what it sees of the state dispatched last, or has something waiting that leads there.
 *
 * <p><b>Threads.</b> {@link #subscribe}, {@link #make}, {@link #add} and what implements {@link DeliveryHost} by any thread, the
 * rest by the dispatcher unless it says otherwise.
 */
public final class Subscriptions implements DeliveryHost {

    private static final String UNDESCRIBED =
            "a subscription without a name, for whose description there was no memory";

    private final PresenceTable entries;
    private final CommandQueue commands;
    private final Runnable wakeUp;
    private final Settings settings;
    private final Counters counters;
    private final Matcher matcher;
    private final SubscriptionSync joins;
    private final OpenSubscriptions open = new OpenSubscriptions();
    private final PostponedDrains putOff = new PostponedDrains();
    private final DeliveredCalls deliveries;
    private final MatchBudget budget;
    private final DeliveryRecovery upkeep;
    private final DispatcherTasks directTurns;
    private final UserSubscriptionLimit users;
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    /* The threads that are in the host's handler of listener errors, with the subscription of the outermost call. */
    private final Map<Thread, LiveSubscription> handling = new ConcurrentHashMap<>();
    private final Matcher.BoundedVisitor bounded = new Bounded();
    private final FilterCosts costs;
    private final ExecutorThreads executorThreads;
    private final UndeliveredCounts undelivered = new UndeliveredCounts();
    private Matcher.Visitor visitor = this::deliverTo;
    /* Tells whether a closing store must stop delivering; set by the dispatcher. */
    private BooleanSupplier isLate = () -> false;
    private long now;
    private long roundStart;
    private int interrupts;
    private volatile @Nullable Thread dispatcher;
    private volatile @Nullable LiveSubscription lastDeferred;
    private volatile @Nullable String lastFailed;
    private volatile boolean isClosing;
    private volatile boolean ended;
    private volatile boolean isOver;

    /**
     * What a store gives its subscriptions.
     *
     * @param history how many steps are kept for those who return
     * @param historyBytes how many bytes these may take
     * @param executor runs those that name no executor; null for the dispatcher
     * @param access what principals may do
     * @param onListenerError reports what listeners throw
     * @param failures where other failures are counted and logged
     * @param monotonic a clock that does not fail
     * @param operations scales what is spent on queries at a time
     * @param perUser the open subscriptions of each user, or null if there is no limit
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
            @Nullable UserCounts perUser) {

        /** What a store gives its subscriptions, with the usual number of operations and no limit per user. */
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
                    null);
        }
    }

    /**
     * Starts without any.
     *
     * @param entries where snapshots are taken from
     * @param wakeUp called when another thread has left something to do
     * @param counters where what happens is counted
     */
    public Subscriptions(PresenceTable entries, Runnable wakeUp, Settings settings, Counters counters) {
        this(entries, wakeUp, settings, counters, new IndexMatcher());
    }

    Subscriptions(PresenceTable entries, Runnable wakeUp, Settings settings, Counters counters, Matcher matcher) {
        this.matcher = matcher;
        this.entries = entries;
        this.upkeep = new DeliveryRecovery(settings.failures(), counters, wakeUp, this::repair);
        this.commands = new CommandQueue(wakeUp, this::commandFailed, settings.monotonic());
        this.directTurns = new DispatcherTasks(wakeUp, settings.monotonic());
        this.wakeUp = wakeUp;
        this.deliveries = new DeliveredCalls(open, wakeUp, () -> ended, PresenceTable::closedError);
        this.settings = settings;
        this.executorThreads = new ExecutorThreads(open, settings.executor());
        this.counters = counters;
        this.users = new UserSubscriptionLimit(settings.perUser());
        this.budget = new MatchBudget(settings.operations());
        this.costs = new FilterCosts(settings.monotonic());
        History history = new History(settings.history(), settings.historyBytes());
        this.joins = new SubscriptionSync(matcher, entries, history, this::syncFailed);
    }

    /** Makes a subscription, which the dispatcher takes in before it matches any write made later. */
    public Subscription subscribe(
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        LiveSubscription made = make(channel, options, access, filter, listener);
        add(made);
        return made;
    }

    /** Makes a subscription that is told nothing until it is {@linkplain #add added}. */
    public LiveSubscription make(
            Channel channel,
            SubscriptionOptions options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        return new LiveSubscription(this, channel, access, filter, options, listener);
    }

    /**
     * Adds a subscription, which the dispatcher takes in before it matches any write made later.
     *
     * @throws PresenceException {@code STORE_CLOSED}, {@code LIMIT_EXCEEDED}
     */
    public void add(LiveSubscription made) {
        entries.requireOpen();
        users.acquire(made);
        try {
            open.add(made);
            commands.add(new Request(made, Reminders.START_OVER, () -> start(made)));
        } catch (Throwable thrown) {
            open.remove(made);
            users.release(made);
            throw thrown;
        }
        if (isOver) {
            made.endNow(CloseReason.STORE_CLOSED);
        } else if (ended) {
            made.end(CloseReason.STORE_CLOSED);
        }
    }

    private void start(LiveSubscription subscription) {
        if (ended || !subscription.isOpen()) {
            subscription.end(CloseReason.STORE_CLOSED);
            return;
        }
        try {
            joins.start(subscription);
        } catch (Throwable failure) {
            upkeep.drainFailed(subscription, true, failure);
        }
    }

    @Override
    public void closed(LiveSubscription subscription) {
        users.release(subscription);
        commandOrRemind(subscription, Reminders.FORGET);
    }

    private void forget(LiveSubscription subscription) {
        joins.forget(subscription);
        open.remove(subscription);
        costs.forget(subscription);
        subscription.clear();
        progressed(subscription, false);
    }

    @Override
    public void resetDelivered(LiveSubscription subscription) {
        commandOrRemind(subscription, Reminders.SNAPSHOT);
    }

    /* A reminder needs no memory. */
    private void commandOrRemind(LiveSubscription subscription, int reminder) {
        try {
            commands.add(new Request(subscription, reminder, () -> repair(subscription, reminder)));
        } catch (Throwable failure) {
            upkeep.remind(subscription, reminder);
        }
    }

    private void repair(LiveSubscription subscription, int reasons) {
        if ((reasons & Reminders.FORGET) != 0) {
            forget(subscription);
        } else if ((reasons & Reminders.END) != 0) {
            subscription.endNow(CloseReason.STORE_FAILED);
            forget(subscription);
        } else if ((reasons & Reminders.START_OVER) != 0) {
            joins.reset(subscription);
        } else {
            joins.resetDelivered(subscription);
        }
    }

    @Override
    public void principalSwitched(LiveSubscription subscription, Access access) {
        users.move(subscription, access, () -> requestChange(subscription, access));
        /*
         * Nothing more is found out about what it may see: a listener that changes it at each signal would never end.
         */
        if (isClosing || ended) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* In between nothing may be delivered to the former principal any more, and the new one is not known. */
    private void requestChange(LiveSubscription subscription, Access access) {
        subscription.hold();
        try {
            commands.add(new Request(subscription, Reminders.END, () -> change(subscription, access)));
        } catch (Throwable failure) {
            upkeep.remind(subscription, Reminders.END);
            recordFailed(subscription);
            upkeep.report(subscription, " ends", failure);
            throw failure;
        }
    }

    /* One that fails in between has neither the rights of the one nor of the other, and ends. */
    private void change(LiveSubscription subscription, Access access) {
        if (subscription.isOpen()) {
            joins.switchPrincipal(subscription, access);
        }
    }

    /* By the dispatcher. Must not throw. */
    private void commandFailed(Runnable command, Throwable failure) {
        if (command instanceof Request request) {
            recordFailed(request.subscription());
            upkeep.remind(request.subscription(), request.recovery());
        }
        upkeep.commandFailed(failure);
    }

    /**
     * A command that concerns a subscription.
     *
     * @param recovery the reason of {@link Reminders} for which the dispatcher looks at the subscription again if the
     *     command throws
     */
    private record Request(LiveSubscription subscription, int recovery, Runnable command) implements Runnable {
        @Override
        public void run() {
            command.run();
        }
    }

    @Override
    public void capacityAvailable() {
        wakeUp.run();
    }

    @Override
    public void progressed(LiveSubscription subscription, boolean isCaller) {
        try {
            deliveries.update(subscription, isCaller);
        } catch (Throwable failure) {
            /* Another turn looks again. */
            upkeep.drainFailed(subscription, false, failure);
        }
    }

    /**
     * Completes when every listener that is to be called has been called with what is dispatched. By any thread.
     *
     * @param dispatched completes when that is, on the dispatcher
     */
    public CompletionStage<Void> delivered(CompletionStage<Void> dispatched) {
        Thread caller = Thread.currentThread();
        DeliveredCalls.Request request = deliveries.add(caller, handling.get(caller));
        /* After the subscriptions that were made before. */
        commands.add(() -> {
            var unused = dispatched.whenComplete((all, thrown) -> deliveries.begin(request, joins.revision(), thrown));
        });
        return request.stage();
    }

    @Override
    public void failed(LiveSubscription subscription, Throwable thrown, boolean goesOn) {
        boolean isOutermost = false;
        try {
            counters.listenerError();
            isOutermost = handling.putIfAbsent(Thread.currentThread(), subscription) == null;
            settings.onListenerError().listenerFailed(subscription, thrown, goesOn);
        } catch (Throwable failure) {
            upkeep.report(subscription, " goes on", failure);
        } finally {
            if (isOutermost) {
                handling.remove(Thread.currentThread());
            }
        }
    }

    @Override
    public void deliveryFailed(LiveSubscription subscription, Throwable failure) {
        recordFailed(subscription);
        upkeep.report(subscription, " goes on", failure);
    }

    @Override
    public void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        recordFailed(subscription);
        upkeep.drainFailed(subscription, hasLost, failure);
        endIfOver(subscription);
    }

    @Override
    public void executorRejected(LiveSubscription subscription, Throwable refusal) {
        upkeep.executorRejected(subscription, refusal);
        endIfOver(subscription);
    }

    /* The dispatcher tries nothing again then. */
    private void endIfOver(LiveSubscription subscription) {
        if (ended) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    @Override
    public void lost(LiveSubscription subscription) {
        recordFailed(subscription);
        upkeep.lost(subscription);
    }

    @Override
    public void interrupted() {
        if (isDispatcher() && Thread.interrupted()) {
            interrupts++;
        }
    }

    /**
     * Returns how often a listener has left the dispatcher's thread interrupted since the last call. By the dispatcher.
     */
    public int takeInterrupts() {
        int taken = interrupts;
        interrupts = 0;
        return taken;
    }

    @Override
    public void undelivered(int subscriptions, int changes) {
        undelivered.add(subscriptions, changes);
    }

    /** Returns what was not delivered since the store has closed. By any thread. */
    public UndeliveredCounts undelivered() {
        return undelivered;
    }

    @Override
    public FilterBudget allowance() {
        return isDispatcher() ? budget.open() : budget.drain();
    }

    @Override
    public void filterEvaluated(LiveSubscription subscription, long operations) {
        costs.add(subscription, operations);
    }

    /** Describes the open subscription whose filter has cost most of those left to draining threads. By any thread. */
    public @Nullable String costliestFilter() {
        return costs.costliest();
    }

    @Override
    public boolean isHeld(PresenceState state) {
        return entries.isHeld(state);
    }

    @Override
    public boolean isDispatcher() {
        return dispatcher == Thread.currentThread();
    }

    @Override
    public void postpone(LiveSubscription subscription) {
        putOff.add(subscription);
    }

    @Override
    public void watch(LiveSubscription subscription, Executor executor) {
        upkeep.watch(subscription, executor);
    }

    @Override
    public void overdue(LiveSubscription subscription, long nanos) {
        upkeep.overdue(subscription, nanos);
    }

    @Override
    public long nanos() {
        return settings.monotonic().getAsLong();
    }

    @Override
    public long roundStart() {
        return roundStart;
    }

    @Override
    public Executor dispatcher() {
        return this::execute;
    }

    /* Looks after having added: what is added after the last drain is refused, so that no turn is left lying. */
    private void execute(Runnable turn) {
        if (!isOver) {
            directTurns.add(turn);
        }
        if (isOver) {
            throw new RejectedExecutionException("the store must be open");
        }
    }

    @Override
    public @Nullable Executor defaultExecutor() {
        return settings.executor();
    }

    @Override
    public Access access(Principal principal) {
        return settings.access().apply(principal);
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public String resumeToken(LiveSubscription subscription, long at) {
        return joins.token(subscription, at);
    }

    /** The revision of the last step. By any thread. */
    @Override
    public long revision() {
        return joins.revision();
    }

    /** How many there are. By any thread. */
    public int size() {
        return open.size();
    }

    /** Reports what failed in the dispatcher. Does not throw. */
    public void dispatchFailed(String message, Throwable thrown) {
        try {
            settings.failures().report(Kind.DISPATCH, Level.ERROR, message, thrown);
        } catch (Throwable again) {
            /* Out of stack, most likely: there is nothing left to report it to. */
            Thread.onSpinWait();
        }
    }

    /** Describes the subscription whose filter was left to its draining thread last, if it is open. By any thread. */
    public @Nullable String lastDeferred() {
        LiveSubscription last = lastDeferred;
        return last == null || !last.isOpen() ? null : last.description();
    }

    private String named(LiveSubscription subscription, String message) {
        try {
            return recordFailed(subscription) + ": " + message;
        } catch (Throwable undescribable) {
            return message;
        }
    }

    /* Returns the description, or what is known without memory for it. Does not throw. */
    private String recordFailed(LiveSubscription subscription) {
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

    /** Describes the subscription that failed last outside of its listener. By any thread. */
    public @Nullable String lastFailed() {
        return lastFailed;
    }

    /** Ends the wait of the dispatcher. By any thread. */
    public void wakeUp() {
        wakeUp.run();
    }

    /**
     * Begins a round, and runs requests of other threads, or listeners, within the budget.
     *
     * @param now the store's clock
     */
    public int beginCycle(long now) {
        roundStart = settings.monotonic().getAsLong();
        this.now = now;
        if (!isDispatcher()) {
            dispatcher = Thread.currentThread();
        }
        budget.startRound();
        return commands.runSome();
    }

    /** Runs all requests of other threads, or listeners, until now. */
    public int runCommands() {
        return commands.drain();
    }

    /**
     * Tells whether a write may be captured: between that and its match all commands must run, which may not be more
     * than a round may run.
     */
    public boolean mayCapture() {
        return !commands.areMany();
    }

    public boolean hasCommands() {
        return !commands.isEmpty() || !directTurns.isEmpty();
    }

    /** Leaves something for the dispatcher to do. By any thread. */
    public void command(Runnable command) {
        commands.add(command);
    }

    /** Tells whether no command will run, since the store is closed. By any thread. */
    public boolean hasEnded() {
        return ended;
    }

    /** Delivers a step to the subscriptions that it concerns. If this throws, {@link #deliverRest} goes on. */
    public void deliver(StateChange step) {
        budget.spend(matcher.match(step, budget.step(), bounded));
        joins.dispatched(step);
    }

    /**
     * Delivers a step to the subscriptions that it concerns and has not come to, without the index. May be called
     * again.
     */
    public void deliverRest(StateChange step) {
        if (joins.revision() < step.revision()) {
            open.forEach(subscription -> matchAlone(subscription, step));
            joins.dispatched(step);
        }
    }

    private void deliverTo(LiveSubscription subscription, StateChange step, Change change) {
        subscription.matchedAt(step.revision());
        try {
            joins.deliver(subscription, step, change);
        } catch (Throwable thrown) {
            fail(subscription, "delivering a change failed, the subscription ends", thrown);
        }
    }

    /*
     * Passes on what the index finds; what it leaves open goes into the mailbox, and to nobody who may no longer be
     * called.
     */
    private final class Bounded implements Matcher.BoundedVisitor {
        @Override
        public void matched(LiveSubscription subscription, StateChange step, Change change) {
            visitor.matched(subscription, step, change);
        }

        @Override
        public void undecided(LiveSubscription subscription, StateChange step) {
            subscription.matchedAt(step.revision());
            try {
                joins.enqueueOpen(subscription, step);
                lastDeferred = subscription;
            } catch (Throwable thrown) {
                fail(subscription, "delivering a change failed, the subscription ends", thrown);
            }
        }
    }

    private void syncFailed(LiveSubscription subscription, Throwable thrown) {
        fail(subscription, "joining a subscription failed, it ends", thrown);
    }

    private void fail(LiveSubscription subscription, String message, Throwable thrown) {
        dispatchFailed(named(subscription, message), thrown);
        subscription.endNow(CloseReason.STORE_FAILED);
        closed(subscription);
    }

    private void deliverInTimeTo(LiveSubscription subscription, StateChange step, Change change) {
        if (isLate.getAsBoolean()) {
            loseOne(subscription);
        } else {
            deliverTo(subscription, step, change);
        }
    }

    private void loseOne(LiveSubscription subscription) {
        if (subscription.isOpen()) {
            undelivered.add(subscription.pendingCount() == 0 ? 1 : 0, 1);
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* One that is not in the index yet, or no longer, is passed by. One that itself fails is the cause, and ends. */
    private void matchAlone(LiveSubscription subscription, StateChange step) {
        if (subscription.handle() == null || !subscription.isOpen() || subscription.isMatchedAt(step.revision())) {
            return;
        }
        try {
            Change change = Visibility.of(subscription, step);
            if (change != null) {
                visitor.matched(subscription, step, change);
            }
        } catch (Throwable thrown) {
            fail(subscription, "matching a subscription failed, it ends", thrown);
        }
    }

    /**
     * Goes on telling those who want to know what there is, and those that were put off, and tries again those who
     * could not be called, in a round that has dispatched so many presences.
     *
     * @param isBetweenSteps false if a step has been delivered and its state is not noted: a snapshot would find the
     *     one before
     */
    public int advance(int dispatched, boolean isBetweenSteps) {
        if (settings.executor() instanceof ReliableExecutor threads) {
            threads.nudge(roundStart);
        }
        int work = upkeep.advance(now);
        work += directTurns.runSome();
        work += putOff.resume(budget.open());
        work += deliveries.complete();
        return isBetweenSteps ? work + joins.advance(dispatched, budget.scans()) : work;
    }

    /** Tells whether somebody can be told more of what there is, or was put off. */
    public boolean canAdvance() {
        return !putOff.isEmpty() || joins.canAdvance() || deliveries.canComplete();
    }

    /** Tells whether somebody is to be tried again. */
    public boolean hasRetries() {
        return upkeep.hasReminders();
    }

    /** Returns how long no turn that an executor has needs to be looked at, and no thread to be added. */
    public long watchIdleNanos(long time) {
        long idle = upkeep.idleNanos(time);
        return settings.executor() instanceof ReliableExecutor threads ? Math.min(idle, threads.idleNanos()) : idle;
    }

    /**
     * Notes that the store is closing: a subscription that changes its principal from now on ends.
     *
     * @param isLate whether no call may start any more
     */
    public void closing(BooleanSupplier isLate) {
        this.isLate = isLate;
        this.visitor = this::deliverInTimeTo;
        this.isClosing = true;
    }

    /**
     * Delivers to every subscription what is pending, then its end, since the store is closing. One that is being made
     * meanwhile is ended either here, since it is among the open ones before its maker looks for the mark, or by its
     * maker.
     */
    public void endAll() {
        ended = true;
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
        /* Those that wait for more demand, but have nothing to call them any more, end. */
        open.forEach(LiveSubscription::signal);
        ends.removeIf(CompletableFuture::isDone);
        var unused = CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, thrown) -> {
                    deliveries.end();
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
            dispatchFailed("ending a subscription failed, it ends without a call", thrown);
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* Direct ones are called by commands, which may bring others. */
    private void drain() {
        int done;
        do {
            done = commands.drain() + directTurns.runSome();
        } while ((done > 0 || !directTurns.isEmpty()) && !isLate.getAsBoolean());
    }

    /** Completes when the store is closed and the last call of the last subscription has ended. By any thread. */
    public CompletableFuture<Void> allEnded() {
        return allEnded;
    }

    /**
     * Completes when the store is closed and the last call of each subscription has ended, except of those that run on
     * an executor of the host which is known to run listeners on a thread, and on no other. By that thread, after the
     * last round.
     */
    public CompletableFuture<Void> allEndedExceptOn(Thread thread) {
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

    /** Finds out a thread of the executor that the host has given, if it has. */
    public void learnExecutorThread() {
        executorThreads.learn();
    }

    /** Ends those that have not ended, whatever is pending: no call starts any more. By any thread, at any time. */
    public void endNow() {
        isClosing = true;
        ended = true;
        isOver = true;
        open.forEach(subscription -> subscription.endNow(CloseReason.STORE_CLOSED));
        deliveries.end();
    }

    /** Calls a function with each open subscription. By any thread. */
    public void forEach(Consumer<LiveSubscription> action) {
        open.forEach(action);
    }

    /** Returns whether a thread is within a call of a listener or of the handler of its errors. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return handling.containsKey(thread) || open.any(subscription -> subscription.isCalledBy(thread));
    }
}
