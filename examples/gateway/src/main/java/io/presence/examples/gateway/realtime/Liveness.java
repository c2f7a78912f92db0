package io.presence.examples.gateway.realtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The times at which a socket was last heard. Any frame proves that the browser is connected. A pong is sent by the
 * browser itself, even if the page is frozen; every other frame proves that the page runs.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
final class Liveness {

    private final LongSupplier nanoClock;
    private final long ttl;
    private final long pongsAlone;
    private long heardAt;
    private long pageHeardAt;

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

    /** Returns whether the presences may be renewed now, for a whole TTL. */
    boolean mayRenew() {
        return nanoClock.getAsLong() + ttl - (pageHeardAt + pongsAlone) <= 0;
    }
}
