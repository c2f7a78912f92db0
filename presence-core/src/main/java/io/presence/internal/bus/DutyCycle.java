package io.presence.internal.bus;

import io.presence.internal.stats.Counters;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entries;
import io.presence.internal.store.Entry;
import io.presence.internal.wheel.TimerWheel;
import io.presence.internal.wheel.WheelTimer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.concurrent.Agent;

/**
 * What the dispatcher does over and over: run commands, dispatch dirty entries, advance the
 * expiry wheel, tell more of what there is to those who have room for it. Each stage has
 * a budget, so that none holds up the others.
 *
 * <p>Heartbeats never touch the wheel. When it reaches an entry it asks for the deadline as it is by then, and files the
 * entry again, or dispatches its end. Only a deadline that moves earlier is filed anew.
 *
 * <p><b>Threads.</b> Whichever thread drives it is the dispatcher; one at a time. {@link #flush} by any thread.
 */
public final class DutyCycle implements Agent {

    private static final int DISPATCH_BUDGET = 256;

    /*
     * What is spent on the wheel: one for each filing that is visited, and as many as this for an end, which costs as much.
     * Visits must outnumber what a round can dispatch, so that sweeping keeps ahead of those who cancel and file anew.
     */
    private static final int WHEEL_BUDGET = 1024;
    private static final int COST_OF_END = 4;
    private static final int WHEEL_SLICE = 64;

    private final Clocks clocks;
    private final Entries entries;
    private final DirtyQueue dirty;
    private final Subscriptions subscriptions;
    private final Counters counters;
    private final Dispatcher dispatcher;
    private final TimerWheel<Entry> wheel;
    private final TimerWheel.Sink<Entry> expiry = this::onReached;
    private final long tickNanos;
    private final Queue<Flush> flushes = new ArrayDeque<>();
    private long now;
    private int ends;

    /** Somebody waiting until so many entries have been taken from the dirty queue. */
    private record Flush(long taken, CompletableFuture<Void> done) {}

    /**
     * Makes the cycle of one store.
     *
     * @param tickNanos how far apart two ticks of the wheel are
     * @param statuses counts what is dispatched
     */
    public DutyCycle(
            Clocks clocks,
            Entries entries,
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
        this.now = clocks.now();
        this.wheel = new TimerWheel<>(now / tickNanos);
    }

    @Override
    public String roleName() {
        return "presence-dispatcher";
    }

    /**
     * Does what there is to do, within the budgets.
     *
     * @return how much was done; 0 if there was nothing
     */
    @Override
    public int doWork() {
        now = clocks.now();
        subscriptions.startRound();
        int work = subscriptions.runCommands();
        int dispatched = dispatchDirty();
        work += dispatched;
        work += advanceWheel();
        work += subscriptions.catchUp(dispatched + ends);
        completeFlushes();
        return work;
    }

    private int dispatchDirty() {
        int work = 0;
        while (work < DISPATCH_BUDGET) {
            Entry entry = dirty.poll();
            if (entry == null) {
                noteLag();
                break;
            }
            Entry newest = entries.newest(entry);
            if (newest != null && dispatcher.dispatch(newest, now)) {
                file(newest, tickOf(newest));
            } else if (newest != null) {
                wheel.cancel(newest);
            }
            if (newest != entry) {
                wheel.cancel(entry);
            }
            work++;
        }
        return work;
    }

    private void noteLag() {
        long lag = dirty.caughtUp();
        if (lag >= 0) {
            counters.lag().record(lag);
        }
    }

    private void file(Entry entry, long tick) {
        if (entry.filedTick() == WheelTimer.NOT_FILED || tick < entry.filedTick()) {
            wheel.schedule(entry, tick);
        }
    }

    private int advanceWheel() {
        ends = 0;
        int work = 0;
        int visited;
        do {
            visited = wheel.advance(now / tickNanos, WHEEL_SLICE, expiry);
            work += visited;
        } while (visited == WHEEL_SLICE && work + ends * (COST_OF_END - 1) < WHEEL_BUDGET);
        return work;
    }

    private long onReached(Entry entry, long tick) {
        long deadline = entry.deadline();
        if (entry.live(now) != null) {
            return tickOf(entry);
        }
        ends++;
        dispatcher.dispatch(entry, now);
        noteLateness(deadline);
        return TimerWheel.CONSUMED;
    }

    /* Of a life that a reader found over, or that was deleted, the deadline is no longer known. */
    private void noteLateness(long deadline) {
        if (deadline > 0 && deadline <= now) {
            counters.lateness().record(now - deadline);
        }
    }

    /** The first tick at which an entry is dead unless its deadline moves; at once if its end is decided. */
    private long tickOf(Entry entry) {
        long deadline = entry.deadline();
        return deadline <= 0 ? 0 : (deadline - 1) / tickNanos + 1;
    }

    /** How long there will be nothing to do, unless somebody writes or commands. */
    public long idleNanos() {
        if (subscriptions.hasCommands() || !dirty.isEmpty() || subscriptions.canCatchUp()) {
            return 0;
        }
        long next = wheel.nextTick();
        long limit = Long.MAX_VALUE / tickNanos;
        long idle = next >= limit ? Long.MAX_VALUE : Math.max(0, next * tickNanos - clocks.now());
        return subscriptions.hasRefused() ? Math.min(idle, tickNanos) : idle;
    }

    /** Completes when every write that has returned by now is dispatched. */
    public CompletionStage<Void> flush() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        subscriptions.command(() -> flushes.add(new Flush(dirty.added(), done)));
        if (subscriptions.hasEnded()) {
            done.complete(null);
        }
        return done.minimalCompletionStage();
    }

    private void completeFlushes() {
        while (!flushes.isEmpty() && flushes.peek().taken() <= dirty.taken()) {
            flushes.remove().done().complete(null);
        }
    }

    /** Dispatches what was written, then ends every subscription. Called once, after writes have been refused. */
    @Override
    public void onClose() {
        entries.close();
        while (subscriptions.hasCommands() || !dirty.isEmpty() || subscriptions.canCatchUp()) {
            doWork();
        }
        subscriptions.endAll();
        completeFlushes();
    }
}
