package io.presence.internal.store;

import io.presence.PresenceException;
import io.presence.PresenceId;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The limits of each user, which a principal's write must satisfy before any presence is read.
 *
 * <p>Presences are counted by owner. The limit applies to writes by principals. Trusted code is never rejected,
 * except by {@link Settings#areIdsScoped}: then an id of one user is not written for another.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class UserLimits {

    private final Settings settings;
    private final Clocks clocks;
    private final @Nullable UserCounts presences;
    private final @Nullable WriteRates rates;

    /**
     * The limits that the builder has collected.
     *
     * @param presences the maximum of live presences of a user, or null
     * @param subscriptions the maximum of open subscriptions of a user, or null
     * @param writesPerSecond the maximum number of writes of a user per second, or null for no limit
     * @param minTtl the minimum TTL that a principal can request, or null
     * @param areIdsScoped whether a principal can write only ids of its own user
     */
    public record Settings(
            @Nullable Integer presences,
            @Nullable Integer subscriptions,
            @Nullable Integer writesPerSecond,
            @Nullable Duration minTtl,
            boolean areIdsScoped) {

        /** No limits. */
        public static final Settings NONE = new Settings(null, null, null, null, false);

        /** The limits of writes, or null if there are none. */
        public @Nullable UserLimits limits(Clocks clocks) {
            boolean isNone = presences == null && writesPerSecond == null && minTtl == null && !areIdsScoped;
            return isNone ? null : new UserLimits(this, clocks);
        }

        /** The open subscriptions of each user, or null if there is no limit. */
        public @Nullable UserCounts openSubscriptions() {
            return subscriptions == null ? null : new UserCounts(subscriptions);
        }
    }

    private UserLimits(Settings settings, Clocks clocks) {
        this.settings = settings;
        this.clocks = clocks;
        this.presences = settings.presences() == null ? null : new UserCounts(settings.presences());
        this.rates = settings.writesPerSecond() == null ? null : new WriteRates(settings.writesPerSecond(), clocks);
    }

    /** The live presences of each user; null if they are not limited. */
    @Nullable UserCounts presences() {
        return presences;
    }

    /** Returns whether a principal can write only ids of its own user. */
    boolean areIdsScoped() {
        return settings.areIdsScoped();
    }

    /** The claim of an upsert on its user's presences; null if they are not limited. */
    @Nullable UserClaim claim(String owner, Access access) {
        return presences == null ? null : new UserClaim(presences, owner, access.limitedUser() != null);
    }

    /**
     * Fails if the caller is not permitted to write such a presence, or not now.
     *
     * @param owner the owner of the presence
     */
    void require(PresenceUpsert upsert, String owner, Access access) {
        String user = access.limitedUser();
        if (settings.areIdsScoped()) {
            requireOwnId(upsert.presenceId(), owner, user != null);
        }
        if (user != null) {
            requireMinTtl(upsert.expiresIn(), upsert.expiresAt());
            requireRate(user);
        }
    }

    /** Fails if the caller is not permitted to write such a patch, or not now. */
    void require(PresencePatch patch, Access access) {
        String user = access.limitedUser();
        if (user != null) {
            requireMinTtl(patch.expiresIn(), patch.expiresAt());
            requireRate(user);
        }
    }

    /** Fails if the caller is not permitted to set such a TTL. */
    void require(Duration ttl, Access access) {
        if (access.limitedUser() != null) {
            requireTtl("ttl", ttl);
        }
    }

    private static void requireOwnId(String id, String owner, boolean isLimited) {
        if (PresenceId.isOf(id, owner)) {
            return;
        }
        if (isLimited) {
            throw StoreErrors.notOwnId(owner, id);
        }
        if (id.indexOf(PresenceId.SEPARATOR) >= 0) {
            throw StoreErrors.idOfOther(owner, id);
        }
    }

    private void requireMinTtl(@Nullable Duration expiresIn, @Nullable Instant expiresAt) {
        Duration minTtl = settings.minTtl();
        if (expiresIn != null) {
            requireTtl("expiresIn", expiresIn);
        } else if (expiresAt != null && minTtl != null) {
            Instant earliest = Instant.ofEpochMilli(clocks.wallMillis()).plus(minTtl);
            if (expiresAt.isBefore(earliest)) {
                throw new IllegalArgumentException(
                        "expiresAt must be at least minTtl, " + minTtl + ", from now, " + earliest + ": " + expiresAt);
            }
        }
    }

    private void requireTtl(String parameter, Duration ttl) {
        Duration minTtl = settings.minTtl();
        if (minTtl != null && ttl.compareTo(minTtl) < 0) {
            throw new IllegalArgumentException(parameter + " must be at least minTtl, " + minTtl + ": " + ttl);
        }
    }

    private void requireRate(String user) {
        long wait = rates == null ? 0 : rates.take(user);
        if (rates != null && wait > 0) {
            throw StoreErrors.writesOfUser(rates.perSecond(), wait);
        }
    }

    /**
     * The error of one presence too many.
     *
     * @param waitNanos the time until the earliest deadline of the user's presences, if none of them is extended; 0 if
     *     the time is unknown
     */
    PresenceException limitError(long waitNanos) {
        return StoreErrors.presencesOfUser(presences == null ? 0 : presences.limit(), waitNanos);
    }
}
