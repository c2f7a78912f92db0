package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The state of a presence with an idle ladder. Other states have no room for one, and so take no memory for it.
 *
 * <p><b>Threads.</b> Immutable, except for the idle clock in {@link IdleStatus}.
 */
final class LadderedState extends PresenceState {

    final IdleStatus idle;
    private final @Nullable String source;

    LadderedState(
            PresenceFields fields,
            IdleStatus idle,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long expiresAtMillis,
            long sinceMillis,
            long word) {
        super(fields, marked, write, createdAtMillis, updatedAtMillis, ttlMillis, expiresAtMillis, sinceMillis, word);
        this.idle = idle;
        this.source = fields.source();
    }

    @Override
    public @Nullable String source() {
        return source;
    }
}
