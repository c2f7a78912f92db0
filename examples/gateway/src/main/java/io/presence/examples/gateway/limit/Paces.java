package io.presence.examples.gateway.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A {@link Pace} for each key, which all sockets of the key share. Once a minute the paces with all messages left are
 * removed, so memory is bounded by the keys that were used within two minutes.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Paces {

    private static final long MINUTE = 60_000_000_000L;

    private final int perMinute;
    private final LongSupplier nanoClock;
    private final Map<String, Pace> paces = new HashMap<>();
    private long since;

    /**
     * Creates unused paces.
     *
     * @param perMinute messages of each key in a minute, positive
     */
    public Paces(int perMinute, LongSupplier nanoClock) {
        this.perMinute = perMinute;
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    /** Counts a message. */
    public synchronized void take(String key) {
        long now = nanoClock.getAsLong();
        if (now - since >= MINUTE) {
            since = now;
            paces.values().removeIf(Pace::isUnused);
        }
        paces.computeIfAbsent(key, made -> new Pace(perMinute, nanoClock)).take();
    }

    /** Returns the nanoseconds until the next message of a key may be read; 0 if it may be read now. */
    public synchronized long waitNanos(String key) {
        Pace pace = paces.get(key);
        return pace == null ? 0 : pace.waitNanos();
    }

    /** Returns the number of keys that are stored. */
    public synchronized int size() {
        return paces.size();
    }
}
