package io.presence.internal.store;

import io.presence.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@link PresenceState}, as one node sends them to another. The values are validated already.
 *
 * @param status the written status; {@code rung} decides which one is shown
 * @param permissions those that the writer named, or null for owner-only
 * @param ladder the rungs of the idle ladder, in their order; empty without one
 * @param rung the rung that is shown, or 0
 * @param write the number of the write within the incarnation, with its rung
 * @param createdAtMillis by the wall clock of the owner, for display alone, as the other times are
 * @param sinceMillis the time from the last heartbeat to {@code expiresAtMillis}
 */
public record StateImage(
        String id,
        String userId,
        String status,
        @Nullable String source,
        Map<String, @Nullable Object> metadata,
        @Nullable List<Permission> permissions,
        Map<Duration, String> ladder,
        int rung,
        long incarnation,
        int write,
        long createdAtMillis,
        long updatedAtMillis,
        long ttlMillis,
        long expiresAtMillis,
        long sinceMillis) {}
