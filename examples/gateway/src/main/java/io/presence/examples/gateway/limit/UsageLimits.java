package io.presence.examples.gateway.limit;

/**
 * Limits of the use by one user and by one address. They do not apply to a server with an API key.
 *
 * @param presencesPerUser presences of one user at once
 * @param presencesPerAddress presences at once that one address created
 * @param sessionsPerMinute anonymous sessions that one address may create in a minute
 * @param requestsPerUser HTTP requests of one user in a minute, and as many messages over all of its sockets
 * @param requestsPerAddress HTTP requests of one address in a minute, and as many messages over all of its sockets
 */
public record UsageLimits(
        int presencesPerUser,
        int presencesPerAddress,
        int sessionsPerMinute,
        int requestsPerUser,
        int requestsPerAddress) {

    /** The defaults, which allow an office of a few thousand people behind one address. */
    public static final UsageLimits DEFAULT = new UsageLimits(100, 20_000, 1000, 1200, 60_000);
}
