package io.presence.examples.gateway.realtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The times at which a socket was last heard. Any frame proves that the browser is connected. A pong is sent by the
 * browser itself, even if the page is frozen; every other frame proves that the page runs.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
final class Liveness {

    private static final int RENEWALS_PER_TTL = 8;

    private final LongSupplier nanoClock;
    private final long ttl;
    private final long pongsAlone;
    private long heardAt;
    private long pageHeardAt;
    private long renewedUntil;

    /**
     * Creates it for a socket that has been heard now.
     *
     * @param ttl the TTL of a presence, from its last renewal
     * @param pongsAlone the time for which pongs without other frames renew presences
     */
    Liveness(LongSupplier nanoClock, Duration ttl, Duration pongsAlone) {
        this.nanoClock = nanoClock;
        this.ttl = ttl.toNanos();
        this.pongsAlone = pongsAlone.toNanos();
        this.heardAt = nanoClock.getAsLong();
        this.pageHeardAt = heardAt;
        this.renewedUntil = heardAt;
    }

    /** Called for each frame that only a running page sends. */
    void pageHeard() {
        heardAt = nanoClock.getAsLong();
        pageHeardAt = heardAt;
    }

    /** Called for each pong, and when the write queue has drained. */
    void browserHeard() {
        heardAt = nanoClock.getAsLong();
    }

    /** Returns the nanoseconds since the last frame. */
    long silentNanos() {
        return nanoClock.getAsLong() - heardAt;
    }

    /**
     * Returns the TTL by which the presences must be renewed now, and records the renewal; null if none is due. No
     * renewal exceeds the time for which pongs alone renew presences.
     */
    @Nullable Duration dueRenewal() {
        long now = nanoClock.getAsLong();
        long time = Math.min(ttl, pageHeardAt + pongsAlone - now);
        if (time <= 0 || now + time - renewedUntil < ttl / RENEWALS_PER_TTL) {
            return null;
        }
        renewedUntil = now + time;
        return Duration.ofNanos(time);
    }
}
