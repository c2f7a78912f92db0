package io.presence.internal.store;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A limit of each user's write rate: a token bucket that holds the writes of one second and refills evenly.
 *
 * <p>A bucket is one number, the time at which it will be full (the generic cell rate algorithm). A full bucket needs
 * no memory: each write checks the next {@value #SWEPT_PER_WRITE} buckets and removes those that are full.
 *
 * <p><b>Cost.</b> One look-up in a hash table, one replacement in it, and a small allocation for each write.
 *
 * <p><b>Threads.</b> Safe for use by any thread, lock-free except within the hash table.
 */
final class WriteRates {

    private static final int SWEPT_PER_WRITE = 2;

    private final ConcurrentHashMap<String, Long> fullTimes = new ConcurrentHashMap<>();
    private final int perSecond;
    private final Clocks clocks;
    private final long interval;
    private final long burst;
    private final AtomicBoolean isSweeping = new AtomicBoolean();
    /* Guarded by isSweeping. */
    private Iterator<Map.Entry<String, Long>> sweep = fullTimes.entrySet().iterator();

    /** Creates full buckets. */
    WriteRates(int perSecond, Clocks clocks) {
        this.perSecond = perSecond;
        this.clocks = clocks;
        /* Rounded up, so that the rate is never above the limit. */
        this.interval = (TimeUnit.SECONDS.toNanos(1) + perSecond - 1) / perSecond;
        this.burst = interval * (perSecond - 1);
    }

    /** The number of writes in a second that are never rejected. */
    int perSecond() {
        return perSecond;
    }

    /**
     * Takes a token of a user.
     *
     * @return 0 if one was taken, otherwise the nanoseconds until there is one
     */
    long take(String user) {
        sweep(clocks.now());
        while (true) {
            Long seen = fullTimes.get(user);
            /*
             * Read after the look-up: the sweep that removed a full bucket read an earlier time, so no token is taken
             * twice.
             */
            long now = clocks.now();
            long full = seen == null ? now : Math.max(seen, now);
            if (full - now > burst) {
                return full - now - burst;
            }
            long next = full + interval;
            if (seen == null ? fullTimes.putIfAbsent(user, next) == null : fullTimes.replace(user, seen, next)) {
                return 0;
            }
        }
    }

    /* Removes only buckets that have not changed since they were read. */
    private void sweep(long now) {
        if (!isSweeping.compareAndSet(false, true)) {
            return;
        }
        try {
            for (int i = 0; i < SWEPT_PER_WRITE; i++) {
                if (!sweep.hasNext()) {
                    sweep = fullTimes.entrySet().iterator();
                    return;
                }
                Map.Entry<String, Long> looked = sweep.next();
                if (looked.getValue() <= now) {
                    fullTimes.remove(looked.getKey(), looked.getValue());
                }
            }
        } finally {
            isSweeping.set(false);
        }
    }

    /** The number of users that take memory. */
    int users() {
        return fullTimes.size();
    }
}
