package io.presence.internal.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The default and maximum TTL of a store. Resolves the requested TTLs and deadlines to nanoseconds.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class TtlPolicy {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long defaultTtl;
    private final Duration maxTtl;

    /**
     * Creates a policy from limits that the builder has checked.
     *
     * @param defaultTtl the TTL of a write that requests none
     * @param maxTtl the maximum that a write can request
     */
    public TtlPolicy(Duration defaultTtl, Duration maxTtl) {
        this.defaultTtl = defaultTtl.toNanos();
        this.maxTtl = maxTtl;
    }

    /**
     * Resolves the request of a write to a TTL.
     *
     * <p>The deadline counts from a later reading of {@link Clocks#now()} than that of the wall clock, so it is never
     * before the time that the presence shows.
     *
     * @param wallMillis now, by the wall clock
     * @return nanoseconds
     * @throws IllegalArgumentException if it is beyond the maximum or in the past
     */
    long resolve(@Nullable Duration expiresIn, @Nullable Instant expiresAt, long wallMillis) {
        if (expiresAt == null) {
            return expiresIn == null ? defaultTtl : ttl("expiresIn", expiresIn);
        }
        Instant now = Instant.ofEpochMilli(wallMillis);
        Instant latest = now.plus(maxTtl);
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(latest)) {
            throw new IllegalArgumentException(
                    "expiresAt must be after " + now + " and at most " + latest + ": " + expiresAt);
        }
        return Math.max(expiresAt.toEpochMilli() - wallMillis, 1) * NANOS_PER_MILLI;
    }

    /**
     * Checks a TTL.
     *
     * @return nanoseconds
     * @throws IllegalArgumentException if it is not positive, or beyond the maximum
     */
    long ttl(String parameter, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException(parameter + " must be positive and at most " + maxTtl + ": " + ttl);
        }
        return ttl.toNanos();
    }
}
