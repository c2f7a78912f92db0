package io.presence.property;

import io.presence.Permission;
import io.presence.Presence;
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

    ModelRecord touched(long newDeadline) {
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
                ttl);
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
