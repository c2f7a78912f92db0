package io.presence.internal.dispatch;

import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import io.presence.internal.wheel.TimerWheel;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of the dispatcher in stages: finish a change whose delivery failed, run commands, dispatch entries again
 * whose dispatch failed, dispatch dirty entries, dispatch expirations, advance snapshot scans of subscriptions that
 * have capacity, do timed work such as a drain, run the duty cycle of the locks, complete flushes. Each stage has a
 * budget, so that no stage delays the others without bound.
 *
 * <p><b>Failures.</b> {@link #doWork} does not throw. A stage that fails ends, and the others run. An entry whose
 * dispatch fails is dispatched again in the next cycle. If the clock of the host fails, its last reading is used.
 *
 * <p><b>Threads.</b> The thread that drives it is the dispatcher, one at a time. {@link #flush}, {@link #delivered},
 * {@link #undispatched}, {@link #undispatchedNanos} and {@link #abandon} by any thread.
 */
public final class DutyCycle {

    private static final int DISPATCH_BUDGET = 256;

    /*
     * In visited timers; an expiration costs as many as EXPIRATION_COST. Visits must outnumber what one cycle can
     * dispatch, so that the sweep keeps up with writers that cancel and schedule timers.
     */
    private static final int EXPIRATION_BUDGET = 1024;
    private static final int EXPIRATION_COST = 4;
    private static final int SWEEP_SLICE = 64;
    /* Successive cycles without work after which a closing store gives up entries that can't be dispatched. */
    private static final int MAX_IDLE_CYCLES = 64;

    private static final String STAGE_FAILED =
            FailureLog.text("a stage of a duty cycle failed, the dispatcher continues");
    private static final String CLOCK_FAILED =
            FailureLog.text("the nanoClock failed, no presence expires until it works");

    private final Clocks clocks;
    private final DirtyQueue dirty;
    private final Subscriptions subscriptions;
    private final CycleFailures failures;
    private final TimedWork timed;
    private final @Nullable DutyCycle locks;
    private final ExpirationTimers timers;
    private final EntryDispatch entries;
    private final TimerWheel.Sink<Entry> expiry = new Expiry();
    private final long tickNanos;
    private final Flushes flushes;
    private final UndispatchedAge age;
    /* Created once, so that a cycle allocates nothing itself. */
    private final IntSupplier[] stages = {
        this::finishChange,
        this::runCommands,
        this::retryFailed,
        this::dispatchDirty,
        this::dispatchExpirations,
        this::advanceScans,
        this::doTimedWork,
        this::runLocks,
        this::completeFlushes
    };
    private long now;
    private int dirtyDispatched;
    /* Expirations, and rungs of idle ladders. */
    private int expired;
    /* Set once the store is closing. */
    private @Nullable CloseDeadline deadline;

    /** Work of a part of the store that is due at times. */
    public interface TimedWork {

        /**
         * Does what is due, within a budget.
         *
         * @param now a reading of the clock
         * @return the number of operations
         */
        int advance(long now);

        /** Returns the nanoseconds until work is due, or {@link Long#MAX_VALUE}. */
        long idleNanos(long now);

        /** Ends the work of a store that is closed, once all writes are dispatched. */
        default void finish() {}

        /** This work and then another. */
        default TimedWork andThen(TimedWork other) {
            TimedWork first = this;
            return new TimedWork() {
                @Override
                public int advance(long now) {
                    return first.advance(now) + other.advance(now);
                }

                @Override
                public long idleNanos(long now) {
                    return Math.min(first.idleNanos(now), other.idleNanos(now));
                }

                @Override
                public void finish() {
                    first.finish();
                    other.finish();
                }
            };
        }
    }

    /** Creates the duty cycle of a store without locks. */
    public DutyCycle(
            Clocks clocks,
            PresenceTable table,
            DirtyQueue dirty,
            Subscriptions subscriptions,
            long tickNanos,
            StatusCounts statuses,
            TimedWork timed) {
        this(clocks, table, dirty, subscriptions, tickNanos, statuses, timed, null);
    }

    /**
     * Creates the duty cycle of one store.
     *
     * @param tickNanos the tick of the timer wheel
     * @param statuses counts what is dispatched
     * @param timed the work beside the presences
     * @param locks the duty cycle of the locks, or null
     */
    public DutyCycle(
            Clocks clocks,
            PresenceTable table,
            DirtyQueue dirty,
            Subscriptions subscriptions,
            long tickNanos,
            StatusCounts statuses,
            TimedWork timed,
            @Nullable DutyCycle locks) {
        this.clocks = clocks;
        this.timed = timed;
        this.locks = locks;
        this.dirty = dirty;
        this.subscriptions = subscriptions;
        this.failures = new CycleFailures(subscriptions);
        this.tickNanos = tickNanos;
        this.flushes = new Flushes(dirty::added, PresenceTable::closedError);
        this.age = new UndispatchedAge(dirty, clocks);
        this.now = clocks.now();
        this.timers = new ExpirationTimers(tickNanos, now);
        this.entries = new EntryDispatch(table, dirty, subscriptions, statuses, timers, failures);
    }

    /**
     * Runs each stage once, within its budget. Does not throw.
     *
     * @return the number of operations done; 0 if there was nothing to do, or nothing succeeded
     */
    public int doWork() {
        failures.beginCycle();
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
            entries.retryHeld();
            failures.report(STAGE_FAILED, thrown);
            return 0;
        }
    }

    private void readClock() {
        try {
            now = clocks.now();
        } catch (Throwable thrown) {
            failures.report(CLOCK_FAILED, thrown);
        }
    }

    private int finishChange() {
        subscriptions.beginCycle(now);
        entries.finishChange();
        return 0;
    }

    /* Not within a change: a subscription that is reset or switched then would have a part of it, or none. */
    private int runCommands() {
        return entries.isBetweenChanges() ? subscriptions.runSomeCommands() : 0;
    }

    private int retryFailed() {
        return entries.retryFailed(now);
    }

    private int dispatchDirty() {
        dirtyDispatched = 0;
        age.beginCycle(now);
        while (dirtyDispatched < DISPATCH_BUDGET && subscriptions.mayCapture() && !isOutOfTime()) {
            if (!entries.takeDirty()) {
                recordLag();
                break;
            }
            dirtyDispatched++;
            entries.dispatchTaken(now);
        }
        return dirtyDispatched;
    }

    private boolean isOutOfTime() {
        return deadline != null && deadline.hasRunOut();
    }

    private void recordLag() {
        if (entries.hasUrgentRetries()) {
            return;
        }
        long lag = dirty.caughtUp();
        if (lag >= 0) {
            subscriptions.counters().dispatched(lag, now);
        }
    }

    private int dispatchExpirations() {
        expired = 0;
        if (!subscriptions.mayCapture()) {
            return 0;
        }
        int work = 0;
        int visited;
        do {
            visited = timers.sweep(now, SWEEP_SLICE, expiry);
            work += visited;
        } while (visited == SWEEP_SLICE
                && subscriptions.mayCapture()
                && work + expired * (EXPIRATION_COST - 1) < EXPIRATION_BUDGET
                && !isOutOfTime());
        return work;
    }

    /** The sink of the timer wheel: dispatches the entries that have expired, and the rungs that are due. */
    private final class Expiry implements TimerWheel.Sink<Entry> {

        @Override
        public void onAhead(TimerWheel.Run<? extends Entry> next) {
            entries.readAhead(next, now);
        }

        @Override
        public long onReached(Entry entry, long tick) {
            if (entry.liveState(now) != null) {
                if (entry.isRemote()) {
                    return TimerWheel.CONSUMED;
                }
                return entry.dueAt() > now ? timers.tickOf(entry) : onRung(entry);
            }
            expired++;
            entries.dispatchExpired(entry, now);
            return TimerWheel.CONSUMED;
        }
    }

    private long onRung(Entry entry) {
        expired++;
        return entries.dispatchRung(entry, now);
    }

    private int advanceScans() {
        return subscriptions.advance(dirtyDispatched + expired, entries.isBetweenChanges());
    }

    private int doTimedWork() {
        return timed.advance(now);
    }

    private int runLocks() {
        return locks == null ? 0 : locks.doWork();
    }

    private int completeFlushes() {
        return entries.hasUrgentRetries() ? 0 : flushes.complete(dirty.taken());
    }

    /**
     * Returns the number of times that a listener has left the dispatcher interrupted since the last call. The
     * interrupt was cleared each time, before the next listener was called.
     */
    int takeInterrupts() {
        return subscriptions.takeInterrupts() + (locks == null ? 0 : locks.takeInterrupts());
    }

    /** Returns whether an operation failed in the last cycle. */
    boolean hasFailed() {
        return failures.hasFailed() || (locks != null && locks.hasFailed());
    }

    /** Returns the nanoseconds until there is work, unless a write or command comes earlier. */
    long idleNanos() {
        long idle = ownIdleNanos();
        return idle == 0 || locks == null ? idle : Math.min(idle, locks.idleNanos());
    }

    private long ownIdleNanos() {
        if (subscriptions.hasCommands() || !dirty.isEmpty() || subscriptions.canAdvance()) {
            return 0;
        }
        if (!entries.hasUrgentRetries() && flushes.canComplete(dirty.taken())) {
            return 0;
        }
        readClock();
        long idle = Math.min(timers.idleNanos(now), subscriptions.watchIdleNanos(now));
        idle = Math.min(idle, Math.min(timed.idleNanos(now), entries.idleNanos(now)));
        return subscriptions.hasRetries() || entries.hasUrgentRetries() ? Math.min(idle, tickNanos) : idle;
    }

    /** Returns the approximate number of entries in the dirty queue. By any thread. */
    public int undispatched() {
        return dirty.size() + (locks == null ? 0 : locks.undispatched());
    }

    /** Returns the age of the oldest write that is not dispatched, or 0 if there is none. By any thread. */
    public long undispatchedNanos() {
        return locks == null ? age.nanos() : Math.max(age.nanos(), locks.undispatchedNanos());
    }

    /** Returns a stage that completes when every write that has returned by now is dispatched. By any thread. */
    public CompletionStage<Void> flush() {
        return locks == null ? ownFlush() : both(ownFlush(), locks.flush());
    }

    private CompletionStage<Void> ownFlush() {
        CompletionStage<Void> done = flushes.add();
        subscriptions.wakeUp();
        return done;
    }

    private static CompletionStage<Void> both(CompletionStage<Void> one, CompletionStage<Void> other) {
        return one.thenCompose(done -> other);
    }

    /**
     * Returns a stage that completes when each listener that can be called has been called with every write that has
     * returned by now. By any thread.
     */
    public CompletionStage<Void> delivered() {
        CompletionStage<Void> own = subscriptions.delivered(ownFlush());
        return locks == null ? own : both(own, locks.delivered());
    }

    /**
     * Dispatches what was written, then ends every subscription, until the deadline. Does not throw. Called once, when
     * the store accepts no more writes.
     *
     * @param end the time at which delivery stops
     * @param pause called when a cycle has done nothing
     */
    void finish(CloseDeadline end, Runnable pause) {
        deadline = end;
        subscriptions.closing(end::hasRunOut);
        run(() -> dispatchRest(pause));
        run(() -> {
            timed.finish();
            return 0;
        });
        run(() -> {
            subscriptions.endAll();
            return 0;
        });
        if (locks != null) {
            locks.finish(end, pause);
        }
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
        boolean[] hasRunCommands = new boolean[1];
        subscriptions.command(() -> hasRunCommands[0] = true);
        int idleCycles = 0;
        while (isWorkLeft(hasRunCommands[0]) && !isOutOfTime() && idleCycles < MAX_IDLE_CYCLES) {
            if (doWork() > 0) {
                idleCycles = 0;
            } else {
                idleCycles++;
                pause.run();
            }
        }
        return 0;
    }

    private boolean isWorkLeft(boolean hasRunCommands) {
        return !hasRunCommands || !dirty.isEmpty() || entries.hasUrgentRetries() || subscriptions.canAdvance();
    }

    /**
     * Ends each subscription without a further call, and settles each pending flush. By any thread, even while a
     * listener blocks the dispatcher.
     */
    public void abandon() {
        subscriptions.endNow();
        flushes.end();
        if (locks != null) {
            locks.abandon();
        }
    }
}
