package io.presence.examples.gateway.limit;

import java.util.function.LongSupplier;

/**
 * A token bucket for messages: a minute's worth at once after a minute of silence, then evenly spaced messages.
 *
 * <p><b>Threads.</b> Not safe for concurrent use.
 */
public final class Pace {

    private static final long MINUTE = 60_000_000_000L;

    private final long interval;
    private final LongSupplier nanoClock;
    private long spentUntil;

    /**
     * Creates an unused pace.
     *
     * @param perMinute messages in a minute, positive
     */
    public Pace(int perMinute, LongSupplier nanoClock) {
        this.interval = MINUTE / perMinute;
        this.nanoClock = nanoClock;
        this.spentUntil = nanoClock.getAsLong();
    }

    /** Counts a message. */
    public void take() {
        long now = nanoClock.getAsLong();
        spentUntil = (spentUntil - now > 0 ? spentUntil : now) + interval;
    }

    /** Returns whether all of a minute's messages are left, as for a new pace. */
    boolean isUnused() {
        return spentUntil - nanoClock.getAsLong() <= 0;
    }

    /** Returns the nanoseconds until the next message may be read; 0 if it may be read now. */
    public long waitNanos() {
        return Math.max(0, spentUntil + interval - (nanoClock.getAsLong() + MINUTE));
    }
}
