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
        long ttl,
        Lease written) {

    /**
     * The lease as the last write that changed the record shows it: the time of the last heartbeat by the wall clock,
     * and the
     * lease.
     */
    record Lease(long lastSeenAt, long deadline, long ttl) {}

    /** Returns whether a write of its owner says what it says. */
    boolean says(PresenceUpsert upsert) {
        List<Permission> granted = upsert.permissions();
        return status.equals(upsert.status())
                && metadata.equals(upsert.metadata())
                && permissions.equals(granted == null ? Permission.ownerOnly(userId) : granted);
    }

    /** Returns whether what a patch says is what it says. */
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
                expiresAt,
                newDeadline,
                newTtl,
                written);
    }

    private boolean isAsWritten() {
        return deadline == written.deadline() && ttl == written.ttl();
    }

    /** The end as a reader sees it: what the wall clock said at the write, or says since a heartbeat. */
    long shownEnd(long now, long wall) {
        return isAsWritten() ? expiresAt : wall + deadline - now;
    }

    long shownLastSeen(long now, long wall) {
        return isAsWritten() ? written.lastSeenAt() : wall + Math.min(0, deadline - now - ttl);
    }

    /** The delivered fields: all except the deadline, which heartbeats move without an event. */
    Shown shown() {
        return new Shown(id, userId, status, metadata, permissions, createdAt, updatedAt);
    }

    /** The delivered fields of a presence. */
    record Shown(
            String id,
            String userId,
            String status,
            Map<String, @Nullable Object> metadata,
            List<Permission> permissions,
            long createdAt,
            long updatedAt) {

        static Shown of(Presence presence) {
            return new Shown(
                    presence.id(),
                    presence.userId(),
                    presence.status(),
                    presence.metadata(),
                    presence.permissions(),
                    presence.createdAt().toEpochMilli(),
                    presence.updatedAt().toEpochMilli());
        }
    }

    boolean sameAs(@Nullable Presence presence, long now, long wall) {
        return presence != null
                && shown().equals(Shown.of(presence))
                && shownEnd(now, wall) == presence.expiresAt().toEpochMilli()
                && shownLastSeen(now, wall) == presence.lastSeenAt().toEpochMilli();
    }
}
