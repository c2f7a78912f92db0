package io.presence.examples.gateway.realtime;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So much of something in a minute, for each key. All keys are forgotten when a minute is over, so that what is kept is
 * bounded by what came within one.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class Quota {

    private static final long MINUTE = 60_000_000_000L;

    private final int limit;
    private final LongSupplier nanoClock;
    private final Map<String, Integer> used = new HashMap<>();
    private long since;

    Quota(int limit, LongSupplier nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    /** Takes one; false if all are taken. */
    synchronized boolean take(String key) {
        long now = nanoClock.getAsLong();
        if (now - since >= MINUTE) {
            since = now;
            used.clear();
        }
        return used.merge(key, 1, (taken, one) -> Math.min(taken, limit) + one) <= limit;
    }
}
