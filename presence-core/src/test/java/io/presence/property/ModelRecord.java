package io.presence.property;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A presence in the model. Times are milliseconds, of the monotonic clock where they say deadline. */
record ModelRecord(
        String id,
        String userId,
        String status,
        Map<String, @Nullable Object> metadata,
        List<Permission> permissions,
        long life,
        long createdAt,
        long updatedAt,
        long expiresAt,
        long deadline,
        long ttl) {

    /** Tells whether a write of its owner says what it says. */
    boolean says(PresenceUpsert upsert) {
        List<Permission> granted = upsert.permissions();
        return status.equals(upsert.status())
                && metadata.equals(upsert.metadata())
                && permissions.equals(granted == null ? Permission.ownerOnly(userId) : granted);
    }

    /** Tells whether what a patch says is what it says. */
    boolean says(PresencePatch patch) {
        return (patch.status() == null || patch.status().equals(status))
                && (patch.metadata() == null || patch.metadata().equals(metadata))
                && (patch.permissions() == null || patch.permissions().equals(permissions));
    }

    ModelRecord leased(long newDeadline, long newTtl) {
        return new ModelRecord(
                id,
                userId,
                status,
                metadata,
                permissions,
                life,
                createdAt,
                updatedAt,
                expiresAt + newDeadline - deadline,
                newDeadline,
                newTtl);
    }

    /** What a listener is told: all but the end of life, which heartbeats move silently. */
    Told told() {
        return new Told(id, userId, status, metadata, permissions, createdAt, updatedAt);
    }

    /** What a listener was told of a presence. */
    record Told(
            String id,
            String userId,
            String status,
            Map<String, @Nullable Object> metadata,
            List<Permission> permissions,
            long createdAt,
            long updatedAt) {

        static Told of(Presence presence) {
            return new Told(
                    presence.id(),
                    presence.userId(),
                    presence.status(),
                    presence.metadata(),
                    presence.permissions(),
                    presence.createdAt().toEpochMilli(),
                    presence.updatedAt().toEpochMilli());
        }
    }

    boolean sameAs(@Nullable Presence presence) {
        return presence != null
                && told().equals(Told.of(presence))
                && expiresAt == presence.expiresAt().toEpochMilli();
    }
}
