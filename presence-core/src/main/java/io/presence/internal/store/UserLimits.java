package io.presence.internal.store;

import io.presence.PresenceException;
import io.presence.PresenceId;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a store for each user: what writes of a principal must satisfy before they look at any presence.
 *
 * <p>Presences are counted by owner, whoever writes them; the limit holds for writes by principals. Trusted code is
 * never refused, except by {@link Settings#areIdsScoped}: then an id of one user is not written for another.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class UserLimits {

    private final Settings settings;
    private final Clocks clocks;
    private final @Nullable UserCounts presences;
    private final @Nullable WriteRates rates;

    /**
     * What the builder has collected.
     *
     * @param presences the most living presences of a user, or null
     * @param subscriptions the most open subscriptions of a user, or null
     * @param writesPerSecond the most writes of a user in a second, or null
     * @param minTtl the shortest lifetime that a principal may ask for, or null
     * @param areIdsScoped whether a principal writes no id but its own
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

    /** The living presences of each user; null if they are not limited. */
    @Nullable UserCounts presences() {
        return presences;
    }

    /** For whom an upsert begins a life, if it does; null if presences are not limited. */
    @Nullable UserClaim claim(String owner, Access access) {
        return presences == null ? null : new UserClaim(presences, owner, access.limitedUser() != null);
    }

    /**
     * Fails if a caller may not write such a presence, or not now.
     *
     * @param owner whose presence it is
     */
    void require(PresenceUpsert upsert, String owner, Access access) {
        String user = access.limitedUser();
        if (settings.areIdsScoped()) {
            requireOwnId(upsert.presenceId(), owner, user != null);
        }
        if (user != null) {
            requireLifetime(upsert.expiresIn(), upsert.expiresAt());
            requireRate(user);
        }
    }

    /** Fails if a caller may not write such a patch, or not now. */
    void require(PresencePatch patch, Access access) {
        String user = access.limitedUser();
        if (user != null) {
            requireLifetime(patch.expiresIn(), patch.expiresAt());
            requireRate(user);
        }
    }

    /** Fails if a caller may not give such a lifetime. */
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

    private void requireLifetime(@Nullable Duration expiresIn, @Nullable Instant expiresAt) {
        Duration least = settings.minTtl();
        if (expiresIn != null) {
            requireTtl("expiresIn", expiresIn);
        } else if (expiresAt != null && least != null) {
            Instant earliest = Instant.ofEpochMilli(clocks.wallMillis()).plus(least);
            if (expiresAt.isBefore(earliest)) {
                throw new IllegalArgumentException(
                        "expiresAt must be at least minTtl, " + least + ", from now, " + earliest + ": " + expiresAt);
            }
        }
    }

    private void requireTtl(String parameter, Duration ttl) {
        Duration least = settings.minTtl();
        if (least != null && ttl.compareTo(least) < 0) {
            throw new IllegalArgumentException(parameter + " must be at least minTtl, " + least + ": " + ttl);
        }
    }

    private void requireRate(String user) {
        long wait = rates == null ? 0 : rates.take(user);
        if (rates != null && wait > 0) {
            throw StoreErrors.writesOfUser(rates.perSecond(), wait);
        }
    }

    /**
     * The refusal of one more presence.
     *
     * @param waitNanos until the first presence of the user ends if nobody renews it; 0 if that is not known
     */
    PresenceException limitError(long waitNanos) {
        return StoreErrors.presencesOfUser(presences == null ? 0 : presences.limit(), waitNanos);
    }
}
