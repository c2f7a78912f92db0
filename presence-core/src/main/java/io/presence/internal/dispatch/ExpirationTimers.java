package io.presence.internal.dispatch;

import io.presence.internal.store.Entry;
import io.presence.internal.wheel.TimerWheel;
import io.presence.internal.wheel.WheelTimer;

/**
 * The timers of entries in a timer wheel. An entry has one timer, for its deadline or the next rung of its idle ladder,
 * whichever is earlier.
 *
 * <p>A heartbeat does not change the timer. When the sweep reaches the timer, the entry is scheduled again at its
 * present time. Only a time that moves earlier is scheduled at once.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class ExpirationTimers {

    private final TimerWheel<Entry> wheel;
    private final long tickNanos;

    ExpirationTimers(long tickNanos, long now) {
        this.tickNanos = tickNanos;
        this.wheel = new TimerWheel<>(now / tickNanos);
    }

    /**
     * Schedules an entry at the time that it is due, unless it is scheduled at an earlier tick. One of another node is
     * not due at any time.
     */
    void schedule(Entry entry) {
        if (entry.isRemote()) {
            wheel.cancel(entry);
            return;
        }
        long tick = tickOf(entry);
        if (entry.scheduledTick() == WheelTimer.NOT_SCHEDULED || tick < entry.scheduledTick()) {
            wheel.schedule(entry, tick);
        }
    }

    void cancel(Entry entry) {
        wheel.cancel(entry);
    }

    /**
     * Visits timers that are due.
     *
     * @return the number of visited timers, at most {@code maxVisits}
     */
    int sweep(long now, int maxVisits, TimerWheel.Sink<Entry> sink) {
        return wheel.advance(now / tickNanos, maxVisits, sink);
    }

    /**
     * Returns the first tick at which an entry has expired, or its next rung is due, unless that time moves; or 0 if it
     * has ended.
     */
    long tickOf(Entry entry) {
        long due = entry.dueAt();
        return due <= 0 ? 0 : (due - 1) / tickNanos + 1;
    }

    /** Returns the nanoseconds until a timer can be due, or {@link Long#MAX_VALUE} if there is none. */
    long idleNanos(long now) {
        long next = wheel.nextTick();
        long limit = Long.MAX_VALUE / tickNanos;
        return next >= limit ? Long.MAX_VALUE : Math.max(0, next * tickNanos - now);
    }
}
