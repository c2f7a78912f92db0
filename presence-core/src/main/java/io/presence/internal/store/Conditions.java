package io.presence.internal.store;

import io.presence.PresenceUpsert;
import io.presence.Version;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of writes. A condition is judged under the monitor of the entry, after the caller's access and before
 * the write is compared with the present state.
 */
final class Conditions {

    private Conditions() {}

    /** Fails unless the condition of an upsert holds for an id without a live presence. */
    static void requireForAbsent(PresenceUpsert upsert) {
        if (upsert.requiredVersion() != null) {
            throw StoreErrors.versionConflict(upsert.presenceId());
        }
    }

    /** Fails unless the condition of an upsert holds for a live presence. */
    static void require(PresenceUpsert upsert, PresenceState live) {
        if (upsert.requiresAbsence()) {
            throw StoreErrors.notAbsent(live.id());
        }
        require(upsert.requiredVersion(), live);
    }

    /**
     * Fails unless a live presence has a version.
     *
     * @param required null for any version
     */
    static void require(@Nullable Version required, PresenceState live) {
        if (required != null && !required.equals(live.version())) {
            throw StoreErrors.versionConflict(live.id());
        }
    }
}
