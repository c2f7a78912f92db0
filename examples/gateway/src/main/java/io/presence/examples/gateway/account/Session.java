package io.presence.examples.gateway.account;

import java.time.Instant;

/**
 * A user who has signed in.
 *
 * @param id what names it, and proves nothing
 * @param secret what proves it: the value of the cookie, and of the SDK's {@code setSession}
 * @param user whose it is
 * @param provider how the user signed in
 * @param createdAt since when
 * @param expire until when
 */
public record Session(String id, String secret, User user, String provider, Instant createdAt, Instant expire) {}
