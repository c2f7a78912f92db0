package io.presence.internal.store;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a presence that its writer chooses, except the TTL. Immutable; the values are validated already. */
record PresenceFields(
        String id,
        String userId,
        String status,
        @Nullable String source,
        Map<String, @Nullable Object> metadata,
        @Nullable GrantedPermissions permissions) {

    /** Returns the fields of the first upsert of an incarnation. The id can be another string object of that text. */
    static PresenceFields of(PresenceUpsert upsert, String id, String owner) {
        return of(upsert, id, owner, null);
    }

    /** Returns the fields of an upsert that replaces a state. Its equal objects are reused. */
    static PresenceFields of(PresenceUpsert upsert, PresenceState old) {
        return of(upsert, old.id(), old.userId(), old.granted());
    }

    private static PresenceFields of(
            PresenceUpsert upsert, String id, String owner, @Nullable GrantedPermissions known) {
        return new PresenceFields(
                id,
                owner,
                upsert.status(),
                upsert.source(),
                upsert.metadata(),
                GrantedPermissions.of(known, upsert.permissions()));
    }

    /**
     * Returns the fields that result from a patch.
     *
     * @param changed the metadata that results from it
     */
    PresenceFields with(PresencePatch patch, Map<String, @Nullable Object> changed) {
        return new PresenceFields(
                id,
                userId,
                or(patch.status(), status),
                patch.source() == null ? source : patch.source(),
                changed,
                patch.permissions() == null ? permissions : GrantedPermissions.of(permissions, patch.permissions()));
    }

    private static <T> T or(@Nullable T given, T kept) {
        return given == null ? kept : given;
    }
}
