package io.presence.examples.gateway.realtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of one socket. Any frame proves that the browser is there. A pong is sent by the browser itself, also
 * for a page that is frozen; every other frame proves that the page is there.
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
     * Starts at this moment.
     *
     * @param ttl the lifetime of a presence from its last renewal
     * @param pongsAlone the time for which pongs alone keep presences
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

    /** Called for each pong, and when the client has taken what was sent. */
    void browserHeard() {
        heardAt = nanoClock.getAsLong();
    }

    /** Returns for how many nanoseconds there was no sign of life. */
    long silentNanos() {
        return nanoClock.getAsLong() - heardAt;
    }

    /**
     * Returns the time for which presences are to be renewed now, and counts them as renewed; null if none is due. No
     * renewal reaches beyond the time for which pongs alone keep presences.
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
