package io.presence.internal.dispatch;

import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import io.presence.internal.wheel.TimerWheel;
import org.jspecify.annotations.Nullable;

/**
 * The dispatch of one entry at a time, from the dirty queue, the timer wheel, or after a failure.
 *
 * <p><b>Failures.</b> An entry is held here from its removal from the queue until it is dispatched. If its dispatch
 * fails, it is dispatched again in a later duty cycle. An entry is taken only if there is memory to keep it for that.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class EntryDispatch {

    private static final String FAILED = FailureLog.text("dispatching a presence failed, it is dispatched again");
    private static final String READ_AHEAD_FAILED = FailureLog.text("reading ahead failed, which only takes time");
    private static final String FAILED_AGAIN = FailureLog.text("dispatching a presence failed again");

    private final PresenceTable table;
    private final DirtyQueue dirty;
    private final Subscriptions subscriptions;
    private final ExpirationTimers timers;
    private final CycleFailures failures;
    private final Dispatcher dispatcher;
    private final DispatchRetries retries = new DispatchRetries();
    /* The entry that is being dispatched. */
    private @Nullable Entry held;

    EntryDispatch(
            PresenceTable table,
            DirtyQueue dirty,
            Subscriptions subscriptions,
            StatusCounts statuses,
            ExpirationTimers timers,
            CycleFailures failures) {
        this.table = table;
        this.dirty = dirty;
        this.subscriptions = subscriptions;
        this.timers = timers;
        this.failures = failures;
        this.dispatcher = new Dispatcher(table, subscriptions, statuses);
    }

    /** Takes the next entry from the dirty queue. False if the queue is empty. If this throws, none is taken. */
    boolean takeDirty() {
        retries.reserve();
        held = dirty.poll();
        return held != null;
    }

    /** Dispatches the entry that was taken from the dirty queue, and schedules its expiration. Does not throw. */
    void dispatchTaken(long now) {
        Entry entry = held;
        if (entry == null) {
            return;
        }
        try {
            dispatchNewest(entry, now);
            held = null;
        } catch (Throwable thrown) {
            retryHeld();
            failures.report(FAILED, thrown);
        }
    }

    /**
     * Reads what the dispatch of the entries that have expired will read. Changes nothing. Does not throw: an entry
     * that cannot be read would keep all others from their end.
     */
    void readAhead(TimerWheel.Run<? extends Entry> next, long now) {
        try {
            table.readAheadOfEnds(next, now);
        } catch (Throwable thrown) {
            failures.report(READ_AHEAD_FAILED, thrown);
        }
    }

    /** Dispatches the end of an entry, and records how late it is. If this throws, nothing has changed. */
    void dispatchExpired(Entry entry, long now) {
        retries.reserve();
        /* Read before the dispatch, which records the end: the deadline is no longer known then. */
        long due = entry.expiry();
        held = entry;
        try {
            dispatcher.dispatch(entry, now);
            held = null;
            recordLateness(entry, due, now);
        } catch (Throwable thrown) {
            retryHeld();
            failures.report(FAILED, thrown);
        }
    }

    /**
     * Shows the rung of an idle ladder that is due, and dispatches that change. If this throws, nothing has changed.
     *
     * @return the tick to schedule the entry for, or {@link TimerWheel#CONSUMED} if it has ended
     */
    long dispatchRung(Entry entry, long now) {
        retries.reserve();
        try {
            if (table.climb(entry, now)) {
                held = entry;
                boolean isAlive = dispatcher.dispatch(entry, now);
                held = null;
                return isAlive ? timers.tickOf(entry) : TimerWheel.CONSUMED;
            }
        } catch (Throwable thrown) {
            retryHeld();
            failures.report(FAILED, thrown);
        }
        return timers.tickOf(entry);
    }

    private void recordLateness(Entry entry, long due, long now) {
        if (due > 0 && due <= now) {
            subscriptions.counters().expired(entry.id(), now - due, now);
        }
    }

    /* The queue may hold an entry that a successor has superseded. */
    private void dispatchNewest(Entry entry, long now) {
        Entry newest = table.newest(entry);
        if (newest != null && dispatcher.dispatch(newest, now)) {
            timers.schedule(newest);
        } else if (newest != null) {
            timers.cancel(newest);
        }
        if (newest != entry) {
            timers.cancel(entry);
        }
    }

    /** Keeps the entry that is being dispatched, if there is one, for the next cycle. */
    void retryHeld() {
        Entry kept = held;
        if (kept != null) {
            held = null;
            retries.add(kept);
        }
    }

    /** Dispatches each entry again whose dispatch failed in an earlier cycle. Returns the number that succeeded. */
    int retryFailed(long now) {
        int done = 0;
        for (int left = retries.size(); left > 0 && subscriptions.mayCapture(); left--) {
            done += retries.isFirstDue(now) ? retry(retries.first(), now) : 0;
        }
        return done;
    }

    private int retry(Entry failed, long now) {
        try {
            dispatchNewest(failed, now);
            retries.removeFirst();
            return 1;
        } catch (Throwable thrown) {
            retries.postpone(now);
            failures.report(FAILED_AGAIN, thrown);
            return 0;
        }
    }

    /** Returns whether an entry is to be dispatched again in the next cycle. */
    boolean hasUrgentRetries() {
        return retries.hasUrgent();
    }

    /** Returns the nanoseconds until an entry that has failed often is dispatched again. */
    long idleNanos(long now) {
        return retries.idleNanos(now);
    }

    /** Delivers and records the rest of a change whose delivery has failed. If this throws, it is repeated later. */
    void finishChange() {
        dispatcher.finish();
    }

    /** Returns whether each change that was begun is delivered and recorded. */
    boolean isBetweenChanges() {
        return dispatcher.isBetweenChanges();
    }
}
