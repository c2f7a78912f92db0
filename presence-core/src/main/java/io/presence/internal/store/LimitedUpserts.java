package io.presence.internal.store;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceUpsert;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Upserts within the {@link UserLimits} of a store.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class LimitedUpserts {

    private final UserLimits limits;
    private final ExpiredReclaim ownPresences;

    LimitedUpserts(UserLimits limits, ExpiredReclaim ownPresences) {
        this.limits = limits;
        this.ownPresences = ownPresences;
    }

    /**
     * Writes, if the caller is permitted to. Retries if an expired presence of the user released its claim.
     *
     * @param owner the owner of the presence
     * @param write the write, given the claim of the user
     */
    PresenceState upsert(
            PresenceUpsert upsert, String owner, Access access, Function<@Nullable UserClaim, PresenceState> write) {
        limits.require(upsert, owner, access);
        UserClaim claim = limits.claim(owner, access);
        while (true) {
            try {
                return write.apply(claim);
            } catch (PresenceException refused) {
                if (refused.code() != Code.LIMIT_EXCEEDED) {
                    throw refused;
                }
                requireMayRetry(refused, owner);
            }
        }
    }

    private void requireMayRetry(PresenceException refused, String owner) {
        long wait = ownPresences.endExpired(owner);
        if (wait >= 0) {
            throw wait == 0 ? refused : limits.limitError(wait);
        }
    }
}
