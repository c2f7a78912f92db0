package io.presence.internal.store;

import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a presence that its writer chooses, except the TTL. Immutable; the values are validated already. */
record PresenceFields(
        String id,
        String userId,
        String status,
        @Nullable String source,
        Map<String, @Nullable Object> metadata,
        @Nullable List<Permission> permissions) {

    /** Returns the fields of an upsert. The id equals that of the upsert, but can be another string object. */
    static PresenceFields of(PresenceUpsert upsert, String id, String owner) {
        return new PresenceFields(id, owner, upsert.status(), upsert.source(), upsert.metadata(), upsert.permissions());
    }

    PresenceFields with(PresencePatch patch) {
        return new PresenceFields(
                id,
                userId,
                or(patch.status(), status),
                patch.source() == null ? source : patch.source(),
                or(patch.metadata(), metadata),
                patch.permissions() == null ? permissions : patch.permissions());
    }

    private static <T> T or(@Nullable T given, T kept) {
        return given == null ? kept : given;
    }
}
