package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The state of a presence with a source, with named permissions, with an idle ladder, or with a lease other than that
 * of its write, as after a heartbeat or a patch. Most states have none of these, and so take no memory for them.
 *
 * <p><b>Threads.</b> Immutable.
 */
sealed class ExtendedState extends PresenceState permits LadderedState {

    final @Nullable String source;
    final @Nullable GrantedPermissions permissions;
    /* As the numbers of the superclass: 48 bits of the time, and 16 bits of the time since the last heartbeat. */
    final long expiresAtAndSince;

    ExtendedState(
            PresenceFields fields,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long expiresAtMillis,
            long sinceMillis,
            long word) {
        super(fields, marked, write, createdAtMillis, updatedAtMillis, ttlMillis, sinceMillis, word);
        this.source = fields.source();
        this.permissions = fields.permissions();
        this.expiresAtAndSince = withLowerHalf(expiresAtMillis, sinceMillis);
    }
}
