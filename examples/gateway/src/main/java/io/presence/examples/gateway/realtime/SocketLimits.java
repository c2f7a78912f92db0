package io.presence.examples.gateway.realtime;

import java.time.Duration;

/**
 * What one socket may cost.
 *
 * @param sockets how many there may be at once
 * @param connectsPerMinute how many an address may open in a minute
 * @param messagesPerMinute how many messages it may send in a minute
 * @param subscriptions how many it may have
 * @param channels how many one subscription may have
 * @param presences how many presences may live by it
 * @param timeout how long it may be silent before it counts as dead
 * @param writeQueue how many bytes may wait in its write queue before its subscriptions are held back
 */
public record SocketLimits(
        int sockets,
        int connectsPerMinute,
        int messagesPerMinute,
        int subscriptions,
        int channels,
        int presences,
        Duration timeout,
        int writeQueue) {

    /** The longest message, in bytes. */
    public static final int MAX_FRAME = 64_000;

    /** Appwrite's limits, and others where it has none. */
    public static final SocketLimits DEFAULT =
            new SocketLimits(20_000, 128, 32, 1000, 100, 100, Duration.ofMinutes(1), 64 * 1024);
}
