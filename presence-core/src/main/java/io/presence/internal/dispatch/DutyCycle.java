package io.presence.internal.dispatch;

import io.presence.internal.stats.Counters;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import io.presence.internal.wheel.TimerWheel;
import io.presence.internal.wheel.WheelTimer;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatcher does over and over: run commands, dispatch dirty entries, advance the
 * expiry wheel, tell more of what there is to those who have room for it. Each stage has
 * a budget, so that none holds up the others.
 *
 * <p>Heartbeats never touch the wheel. When it reaches an entry it asks for the deadline as it is by then, and files
 * the entry again, or dispatches its end. Only a deadline that moves earlier is filed anew.
 *
 * <p><b>Failures.</b> No round throws. A stage that fails ends, the others run; an entry whose dispatch fails is
 * dispatched again in the next round; a clock that fails reads as it did last.
 *
 * <p><b>Threads.</b> Whichever thread drives it is the dispatcher; one at a time. {@link #flush} by any thread.
 */
public final class DutyCycle {

    private static final int DISPATCH_BUDGET = 256;

    /*
     * What is spent on the wheel: one for each filing that is visited, and as many as this for an end, which costs as
     * much. Visits must outnumber what a round can dispatch, so that sweeping keeps ahead of those who cancel and file
     * anew.
     */
    private static final int WHEEL_BUDGET = 1024;
    private static final int COST_OF_END = 4;
    private static final int WHEEL_SLICE = 64;
    /* Rounds in a row that get nothing done before a closing store gives up what can't be dispatched. */
    private static final int FRUITLESS_ROUNDS = 64;

    private static final String RETRIED = "dispatching a presence failed, it is tried again";

    private final Clocks clocks;
    private final PresenceTable entries;
    private final DirtyQueue dirty;
    private final Subscriptions subscriptions;
    private final Counters counters;
    private final Dispatcher dispatcher;
    private final TimerWheel<Entry> wheel;
    private final TimerWheel.Sink<Entry> expiry = this::onReached;
    private final long tickNanos;
    private final Flushes flushes;
    private final DispatchRetries retries = new DispatchRetries();
    private final UndispatchedAge age;
    /* Made once: a round allocates nothing of its own. */
    private final IntSupplier[] stages = {
        this::runCommands, this::retry, this::dispatchDirty, this::advanceWheel, this::catchUp, this::completeFlushes
    };
    private long now;
    private int dispatched;
    private int ends;
    private boolean hasFailed;
    /* The entry that was taken out of the queue or the wheel, until it is dispatched. */
    private @Nullable Entry inHand;
    /* Set once the store is closing. */
    private @Nullable CloseDeadline deadline;

    /**
     * Makes the cycle of one store.
     *
     * @param tickNanos how far apart two ticks of the wheel are
     * @param statuses counts what is dispatched
     */
    public DutyCycle(
            Clocks clocks,
            PresenceTable entries,
            DirtyQueue dirty,
            Subscriptions subscriptions,
            long tickNanos,
            StatusCounts statuses) {
        this.clocks = clocks;
        this.entries = entries;
        this.dirty = dirty;
        this.subscriptions = subscriptions;
        this.counters = subscriptions.counters();
        this.dispatcher = new Dispatcher(entries, subscriptions, statuses);
        this.tickNanos = tickNanos;
        this.flushes = new Flushes(dirty::added, PresenceTable::closedError);
        this.age = new UndispatchedAge(dirty, clocks);
        this.now = clocks.now();
        this.wheel = new TimerWheel<>(now / tickNanos);
    }

    /**
     * Does what there is to do, within the budgets. Does not throw.
     *
     * @return how much was done; 0 if there was nothing, or nothing succeeded
     */
    public int doWork() {
        hasFailed = false;
        readClock();
        int work = 0;
        for (IntSupplier stage : stages) {
            work += run(stage);
        }
        return work;
    }

    private int run(IntSupplier stage) {
        try {
            return stage.getAsInt();
        } catch (Throwable thrown) {
            keepInHand();
            failed("a stage of a dispatch round failed, the dispatcher continues", thrown);
            return 0;
        }
    }

    private void failed(String message, Throwable thrown) {
        hasFailed = true;
        subscriptions.dispatchFailed(message, thrown);
    }

    /* A clock of the host that fails reads as it did last: deadlines then come late, and all else goes on. */
    private void readClock() {
        try {
            now = clocks.now();
        } catch (Throwable thrown) {
            failed("the nanoClock failed, no presence expires until it works", thrown);
        }
    }

    private int runCommands() {
        return subscriptions.beginCycle(now);
    }

    /** Dispatches again what failed in a former round, each once. */
    private int retry() {
        int done = 0;
        for (int left = retries.size(); left > 0 && subscriptions.mayCapture(); left--) {
            done += retry(retries.first());
        }
        return done;
    }

    private int retry(DispatchRetries.Retry retry) {
        try {
            Entry earlier = retry.earlier();
            if (earlier != null) {
                dispatcher.dispatchEnded(earlier, now);
                retry.earlierIsDispatched();
            }
            process(retry.entry());
            retries.removeFirst();
            return 1;
        } catch (Throwable thrown) {
            retries.postpone(dispatcher.takeUndispatchedEnd());
            failed("dispatching a presence failed again", thrown);
            return 0;
        }
    }

    private int dispatchDirty() {
        dispatched = 0;
        age.roundBegins(now);
        while (dispatched < DISPATCH_BUDGET && subscriptions.mayCapture() && !isOutOfTime()) {
            inHand = dirty.poll();
            if (inHand == null) {
                recordLag();
                break;
            }
            dispatched++;
            dispatchInHand(inHand);
        }
        return dispatched;
    }

    private boolean isOutOfTime() {
        return deadline != null && deadline.hasRunOut();
    }

    private void dispatchInHand(Entry entry) {
        try {
            process(entry);
            inHand = null;
        } catch (Throwable thrown) {
            keepInHand();
            failed(RETRIED, thrown);
        }
    }

    /** Dispatches what an entry of the queue stands for, and files it in the wheel. */
    private void process(Entry entry) {
        Entry newest = entries.newest(entry);
        if (newest != null && dispatcher.dispatch(newest, now)) {
            schedule(newest, tickOf(newest));
        } else if (newest != null) {
            wheel.cancel(newest);
        }
        if (newest != entry) {
            wheel.cancel(entry);
        }
    }

    /* Whatever has failed since an entry was taken: it is dispatched again. */
    private void keepInHand() {
        Entry kept = inHand;
        if (kept != null) {
            inHand = null;
            retries.add(kept, dispatcher.takeUndispatchedEnd());
        }
    }

    private void recordLag() {
        if (!retries.isEmpty()) {
            return;
        }
        long lag = dirty.caughtUp();
        if (lag >= 0) {
            counters.dispatchLag().record(lag);
        }
    }

    private void schedule(Entry entry, long tick) {
        if (entry.scheduledTick() == WheelTimer.NOT_SCHEDULED || tick < entry.scheduledTick()) {
            wheel.schedule(entry, tick);
        }
    }

    private int advanceWheel() {
        ends = 0;
        if (!subscriptions.mayCapture()) {
            return 0;
        }
        int work = 0;
        int visited;
        do {
            visited = wheel.advance(now / tickNanos, WHEEL_SLICE, expiry);
            work += visited;
        } while (visited == WHEEL_SLICE
                && subscriptions.mayCapture()
                && work + ends * (COST_OF_END - 1) < WHEEL_BUDGET
                && !isOutOfTime());
        return work;
    }

    private long onReached(Entry entry, long tick) {
        long due = entry.deadline();
        if (entry.liveState(now) != null) {
            return tickOf(entry);
        }
        ends++;
        inHand = entry;
        try {
            dispatcher.dispatch(entry, now);
            inHand = null;
            recordLateness(due);
        } catch (Throwable thrown) {
            keepInHand();
            failed(RETRIED, thrown);
        }
        return TimerWheel.CONSUMED;
    }

    /* Of a life that a reader found over, or that was deleted, the deadline is no longer known. */
    private void recordLateness(long due) {
        if (due > 0 && due <= now) {
            counters.expiryLateness().record(now - due);
        }
    }

    /** The first tick at which an entry is dead unless its deadline moves; at once if its end is decided. */
    private long tickOf(Entry entry) {
        long due = entry.deadline();
        return due <= 0 ? 0 : (due - 1) / tickNanos + 1;
    }

    private int catchUp() {
        return subscriptions.advance(dispatched + ends, dispatcher.isBetweenSteps());
    }

    private int completeFlushes() {
        return retries.isEmpty() ? flushes.complete(dirty.taken()) : 0;
    }

    /**
     * Returns how often listeners have left the thread of the caller interrupted since the last call. The flag has been
     * cleared each time, before the next listener was called.
     */
    public int takeInterrupts() {
        return subscriptions.takeInterrupts();
    }

    /** Returns whether something failed in the last round. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** How long there will be nothing to do, unless somebody writes or commands. */
    public long idleNanos() {
        if (subscriptions.hasCommands() || !dirty.isEmpty() || subscriptions.canAdvance()) {
            return 0;
        }
        if (retries.isEmpty() && flushes.canComplete(dirty.taken())) {
            return 0;
        }
        readClock();
        long next = wheel.nextTick();
        long limit = Long.MAX_VALUE / tickNanos;
        long idle = next >= limit ? Long.MAX_VALUE : Math.max(0, next * tickNanos - now);
        idle = Math.min(idle, subscriptions.watchIdleNanos(now));
        return subscriptions.hasRetries() || !retries.isEmpty() ? Math.min(idle, tickNanos) : idle;
    }

    /** Returns how many entries wait to be dispatched, approximately. By any thread. */
    public int undispatched() {
        return dirty.size();
    }

    /** Returns how long the oldest write has waited that is not dispatched: 0 if there is none. By any thread. */
    public long undispatchedNanos() {
        return age.nanos();
    }

    /** Completes when every write that has returned by now is dispatched. By any thread. */
    public CompletionStage<Void> flush() {
        CompletionStage<Void> done = flushes.add();
        subscriptions.wakeUp();
        return done;
    }

    /**
     * Completes when every listener that is to be called has been called with what was written by now. By any thread.
     */
    public CompletionStage<Void> delivered() {
        return subscriptions.delivered(flush());
    }

    /**
     * Dispatches what was written, then ends every subscription, until the deadline. Does not throw. Called once, after
     * writes have been refused.
     *
     * @param end when to stop delivering
     * @param pause called when nothing can be done for a moment
     */
    public void finish(CloseDeadline end, Runnable pause) {
        deadline = end;
        subscriptions.closing(end::hasRunOut);
        run(() -> dispatchRest(pause));
        run(() -> {
            subscriptions.endAll();
            return 0;
        });
        if (end.hasRunOut()) {
            abandon();
        }
        run(() -> {
            completeFlushes();
            flushes.end();
            return 0;
        });
    }

    private int dispatchRest(Runnable pause) {
        boolean[] met = new boolean[1];
        subscriptions.command(() -> met[0] = true);
        int fruitless = 0;
        while (isLeft(met[0]) && !isOutOfTime() && fruitless < FRUITLESS_ROUNDS) {
            if (doWork() > 0) {
                fruitless = 0;
            } else {
                fruitless++;
                pause.run();
            }
        }
        return 0;
    }

    private boolean isLeft(boolean hasRunCommands) {
        return !hasRunCommands || !dirty.isEmpty() || !retries.isEmpty() || subscriptions.canAdvance();
    }

    /**
     * Ends what has not ended by the deadline: no listener is called any more, and each flush that waits is settled. By
     * any thread, however stuck the dispatcher is.
     */
    public void abandon() {
        subscriptions.endNow();
        flushes.end();
    }
}
