package io.presence.examples.gateway.account;

import java.time.Instant;

/**
 * A session of a user.
 *
 * @param id the public id
 * @param secret the proof: the value of the cookie, and of the SDK's {@code setSession}
 * @param user the user
 * @param provider the way of signing in, such as {@code anonymous}
 * @param createdAt the time of its creation
 * @param expire the time of its expiry
 */
public record Session(String id, String secret, User user, String provider, Instant createdAt, Instant expire) {}
