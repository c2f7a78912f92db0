package io.presence.examples.gateway.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A maximum number of uses in a minute, for each key. All keys are removed at the end of a minute, so memory is bounded
 * by the keys that were used within one minute.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Quota {

    private static final long MINUTE = 60_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final int limit;
    private final LongSupplier nanoClock;
    private final Map<String, Integer> used = new HashMap<>();
    private long since;

    /**
     * Creates an unused quota.
     *
     * @param limit the uses of each key in a minute
     */
    public Quota(int limit, LongSupplier nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    /** Takes one use. Returns false if none is left. */
    public synchronized boolean take(String key) {
        long now = nanoClock.getAsLong();
        if (now - since >= MINUTE) {
            since = now;
            used.clear();
        }
        return used.merge(key, 1, (taken, one) -> Math.min(taken, limit) + one) <= limit;
    }

    /** Returns the seconds until all uses are free again: 1 to 60. */
    public synchronized int retryAfterSeconds() {
        long left = MINUTE - (nanoClock.getAsLong() - since);
        return (int) Math.max(1, Math.min(60, (left + SECOND - 1) / SECOND));
    }
}
