package io.presence.internal.bus;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.internal.deliver.Bus;
import io.presence.internal.deliver.DeliveryFailures;
import io.presence.internal.deliver.LiveSubscription;
import io.presence.internal.deliver.NeverDrops;
import io.presence.internal.deliver.Reminders;
import io.presence.internal.deliver.Roster;
import io.presence.internal.join.History;
import io.presence.internal.mailbox.Step;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entries;
import io.presence.query.Query;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions: takes them in at one revision, and leaves them each step that concerns them.
 *
 * <p>What a subscription sees of a state depends on the state alone, so nothing is remembered per subscription and
 * presence: it has been told of what it sees of the state dispatched last, or has something waiting that leads there.
 *
 * <p><b>Threads.</b> {@link #subscribe}, {@link #make}, {@link #add} and what implements {@link Bus} by any thread, the rest
 * by the dispatcher unless it says otherwise.
 */
public final class Subscriptions implements Bus {

    private final Entries entries;
    private final Commands commands;
    private final Runnable wakeUp;
    private final Settings settings;
    private final Counters counters;
    private final Matcher matcher = new IndexMatcher();
    private final Joins joins;
    private final Roster open = new Roster();
    private final Upkeep upkeep;
    private final DirectTurns directTurns;
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private long now;
    private long roundStart;
    private volatile int size;
    private volatile List<LiveSubscription> ending = List.of();
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
     */
    public record Settings(
            int history,
            long historyBytes,
            @Nullable Executor executor,
            Function<Principal, Access> access,
            DeliveryFailures onListenerError,
            FailureLog failures,
            LongSupplier monotonic) {}

    /**
     * Starts without any.
     *
     * @param entries where snapshots are taken from
     * @param wakeUp called when another thread has left something to do
     * @param counters where what happens is counted
     */
    public Subscriptions(Entries entries, Runnable wakeUp, Settings settings, Counters counters) {
        this.entries = entries;
        this.upkeep = new Upkeep(settings.failures(), counters, wakeUp, this::repair);
        this.commands = new Commands(wakeUp, upkeep::commandFailed, settings.monotonic());
        this.directTurns = new DirectTurns(wakeUp, settings.monotonic());
        this.wakeUp = wakeUp;
        this.settings = settings;
        this.counters = counters;
        this.joins = new Joins(
                matcher, entries.planner(), new History(settings.history(), settings.historyBytes()));
    }

    /** Makes a subscription, which the dispatcher takes in before it matches any write made later. */
    public Subscription subscribe(
            Channel channel,
            Subscription.Options options,
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
            Subscription.Options options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        return new LiveSubscription(this, channel, access, filter, options, listener);
    }

    /**
     * Adds a subscription, which the dispatcher takes in before it matches any write made later.
     *
     * @throws PresenceException {@code STORE_CLOSED}
     */
    public void add(LiveSubscription made) {
        entries.requireOpen();
        commands.add(() -> takeIn(made));
        if (ended) {
            made.end(CloseReason.STORE_CLOSED);
        }
    }

    private void takeIn(LiveSubscription subscription) {
        if (ended || !subscription.isOpen()) {
            subscription.end(CloseReason.STORE_CLOSED);
            return;
        }
        open.add(subscription);
        size = open.size();
        try {
            joins.takeIn(subscription);
        } catch (Throwable failure) {
            upkeep.turnFailed(subscription, true, failure);
        }
    }

    @Override
    public void closed(LiveSubscription subscription) {
        commandOr(Reminders.FORGET, subscription, () -> forget(subscription));
    }

    private void forget(LiveSubscription subscription) {
        joins.forget(subscription);
        open.remove(subscription);
        size = open.size();
        subscription.forget();
    }

    @Override
    public void startedOver(LiveSubscription subscription) {
        commandOr(Reminders.SNAPSHOT, subscription, () -> joins.startedOver(subscription));
    }

    /* A reminder needs no memory. */
    private void commandOr(int reminder, LiveSubscription subscription, Runnable command) {
        try {
            commands.add(command);
        } catch (Throwable failure) {
            upkeep.remind(subscription, reminder);
        }
    }

    private void repair(LiveSubscription subscription, int reasons) {
        if ((reasons & Reminders.FORGET) != 0) {
            forget(subscription);
        } else if ((reasons & Reminders.START_OVER) != 0) {
            joins.startOver(subscription);
        } else {
            joins.startedOver(subscription);
        }
    }

    @Override
    public void changed(LiveSubscription subscription, Access access) {
        commands.add(() -> {
            if (subscription.isOpen()) {
                joins.change(subscription, access);
            }
        });
        /* Nobody may find out any more what it is to be told. */
        if (ended) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    @Override
    public void roomMade() {
        wakeUp.run();
    }

    @Override
    public void failed(LiveSubscription subscription, Throwable thrown, boolean goesOn) {
        try {
            counters.listenerError();
            settings.onListenerError().listenerFailed(subscription, thrown, goesOn);
        } catch (Throwable failure) {
            upkeep.report(subscription, " goes on", failure);
        }
    }

    @Override
    public void deliveryFailed(LiveSubscription subscription, Throwable failure) {
        upkeep.report(subscription, " goes on", failure);
    }

    @Override
    public void turnFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        upkeep.turnFailed(subscription, hasLost, failure);
        endIfOver(subscription);
    }

    @Override
    public void refused(LiveSubscription subscription, Throwable refusal) {
        upkeep.refused(subscription, refusal);
        endIfOver(subscription);
    }

    /* The dispatcher tries nothing again then. */
    private void endIfOver(LiveSubscription subscription) {
        if (ended) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
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
        return size;
    }

    /**
     * Begins a round, and runs requests of other threads, or listeners, within the budget.
     *
     * @param now the store's clock
     */
    int beginRound(long now) {
        roundStart = settings.monotonic().getAsLong();
        this.now = now;
        return commands.runSome();
    }

    /** Runs all requests of other threads, or listeners, until now. */
    int runCommands() {
        return commands.drain();
    }

    /**
     * Tells whether a write may be captured: between that and its match all commands must run, which may not be more than a
     * round may run.
     */
    boolean mayCapture() {
        return !commands.areMany();
    }

    boolean hasCommands() {
        return !commands.isEmpty() || !directTurns.isEmpty();
    }

    /** Leaves something for the dispatcher to do. By any thread. */
    void command(Runnable command) {
        commands.add(command);
    }

    /** Tells whether no command will run, since the store is closed. By any thread. */
    public boolean hasEnded() {
        return ended;
    }

    /** Tells a step to the subscriptions that it concerns. */
    void tell(Step step) {
        matcher.match(step, joins::tell);
        joins.dispatched(step);
    }

    /**
     * Goes on telling those who want to know what there is, and tries again those who could not be called, in a round that has
     * dispatched so many presences.
     */
    int catchUp(int dispatched) {
        if (settings.executor() instanceof NeverDrops threads) {
            threads.nudge(roundStart);
        }
        int work = upkeep.advance(now);
        work += directTurns.runSome();
        return work + joins.advance(dispatched);
    }

    /** Tells whether somebody can be told more of what there is. */
    boolean canCatchUp() {
        return joins.canAdvance();
    }

    /** Tells whether somebody is to be tried again. */
    boolean hasRefused() {
        return upkeep.hasReminders();
    }

    /** Returns how long no turn that an executor has needs to be looked at, and no thread to be added. */
    long watchIdleNanos(long time) {
        long idle = upkeep.idleNanos(time);
        return settings.executor() instanceof NeverDrops threads ? Math.min(idle, threads.idleNanos()) : idle;
    }

    /**
     * Has every subscription told what waits, then its end, since the store is closing. One that is being made meanwhile is
     * ended either by the drain here, which comes after the mark, or by its maker, who looks for the mark after having
     * added it.
     */
    void endAll() {
        ended = true;
        ending = open.all();
        ending.forEach(subscription -> subscription.end(CloseReason.STORE_CLOSED));
        drain();
        isOver = true;
        drain();
        /* Those that wait for more demand, but have nobody to call them any more, find out. */
        ending.forEach(LiveSubscription::signal);
        CompletableFuture<?>[] ends = ending.stream()
                .filter(subscription -> !subscription.hasEnded())
                .map(subscription -> subscription.closed().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(ends).thenRun(() -> allEnded.complete(null));
    }

    /* Direct ones are told by commands. */
    private void drain() {
        int done;
        do {
            done = commands.drain() + directTurns.runSome();
        } while (done > 0 || !directTurns.isEmpty());
    }

    /** Completes when the store is closed and the last call of the last subscription has ended. By any thread. */
    public CompletableFuture<Void> allEnded() {
        return allEnded;
    }

    /** Ends those that have not ended since the store was closed, whatever waits for them. By any thread. */
    public void endNow() {
        ending.forEach(subscription -> subscription.endNow(CloseReason.STORE_CLOSED));
    }

    /** Tells whether a thread is within a call of a listener while the store is closing. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return ending.stream().anyMatch(subscription -> subscription.isCalledBy(thread));
    }
}
