package io.presence.internal.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lifetimes that writers ask for into nanoseconds, within the store's default and maximum.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class TtlPolicy {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long defaultTtl;
    private final Duration maxTtl;

    /**
     * Takes the limits, which the builder has checked.
     *
     * @param defaultTtl what a write without a lifetime gets
     * @param maxTtl the longest that a write may ask for
     */
    public TtlPolicy(Duration defaultTtl, Duration maxTtl) {
        this.defaultTtl = defaultTtl.toNanos();
        this.maxTtl = maxTtl;
    }

    /**
     * A lifetime from a reading of the wall clock on.
     *
     * <p>Its deadline counts from a reading of {@link Clocks#now()} that comes after: so it never ends before what it shows.
     */
    record ResolvedTtl(long fromMillis, long ttlNanos, long expiresAtMillis) {}

    /**
     * Resolves what a write asks for.
     *
     * @param wallMillis now, by the wall clock
     * @throws IllegalArgumentException if it is beyond the maximum or over already
     */
    ResolvedTtl resolve(@Nullable Duration expiresIn, @Nullable Instant expiresAt, long wallMillis) {
        if (expiresAt == null) {
            long ttl = expiresIn == null ? defaultTtl : ttl("expiresIn", expiresIn);
            return new ResolvedTtl(wallMillis, ttl, wallMillis + ttl / NANOS_PER_MILLI);
        }
        Instant now = Instant.ofEpochMilli(wallMillis);
        Instant latest = now.plus(maxTtl);
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(latest)) {
            throw new IllegalArgumentException(
                    "expiresAt must be after " + now + " and at most " + latest + ": " + expiresAt);
        }
        long millis = Math.max(expiresAt.toEpochMilli() - wallMillis, 1);
        return new ResolvedTtl(wallMillis, millis * NANOS_PER_MILLI, wallMillis + millis);
    }

    /**
     * Checks a lifetime.
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
