package io.presence.internal.store;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a presence that its writer chooses, except the TTL. Immutable; the values are validated already.
 *
 * @param status the status that is shown
 * @param idle the written status with its idle ladder, or null without a ladder
 */
record PresenceFields(
        String id,
        String userId,
        String status,
        @Nullable String source,
        Map<String, @Nullable Object> metadata,
        @Nullable GrantedPermissions permissions,
        @Nullable IdleStatus idle) {

    /** Returns the fields of the first upsert of an incarnation. The id can be another string object of that text. */
    static PresenceFields of(PresenceUpsert upsert, String id, String owner, long now) {
        return of(upsert, id, owner, null, now);
    }

    /** Returns the fields of an upsert that replaces a state. Its equal objects are reused. */
    static PresenceFields of(PresenceUpsert upsert, PresenceState old, long now) {
        PresenceFields fields = of(upsert, old.id(), old.userId(), old.granted(), now);
        IdleStatus idle = old.idle();
        return idle != null && old.isUnchangedBy(upsert) ? fields.showing(idle) : fields;
    }

    private static PresenceFields of(
            PresenceUpsert upsert, String id, String owner, @Nullable GrantedPermissions known, long now) {
        return new PresenceFields(
                id,
                owner,
                upsert.status(),
                upsert.source(),
                upsert.metadata(),
                GrantedPermissions.of(known, upsert.permissions()),
                IdleStatus.written(IdleLadder.of(upsert.idleLadder()), upsert.status(), now));
    }

    /**
     * Returns the fields of a patch of a state. A patch that changes a field is activity.
     *
     * @param changed the metadata that results from it
     */
    static PresenceFields of(PresencePatch patch, Map<String, @Nullable Object> changed, PresenceState old, long now) {
        String status = or(patch.status(), old.writtenStatus());
        PresenceFields fields = new PresenceFields(
                old.id(),
                old.userId(),
                status,
                patch.source() == null ? old.source() : patch.source(),
                changed,
                patch.permissions() == null ? old.granted() : GrantedPermissions.of(old.granted(), patch.permissions()),
                null);
        IdleStatus idle = old.idle();
        if (idle == null) {
            return fields;
        }
        return fields.showing(old.isUnchangedBy(patch, changed) ? idle : idle.rewritten(status, now));
    }

    /** Returns these fields with a status of an idle ladder. */
    PresenceFields showing(IdleStatus next) {
        return new PresenceFields(id, userId, next.shown(), source, metadata, permissions, next);
    }

    private static <T> T or(@Nullable T given, T kept) {
        return given == null ? kept : given;
    }
}
