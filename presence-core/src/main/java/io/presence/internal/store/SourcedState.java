package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The state of a presence with a source, or with an idle ladder, which most do not have. Other states have no room for
 * a source, and so take no memory for it.
 *
 * <p><b>Threads.</b> Immutable.
 */
sealed class SourcedState extends PresenceState permits LadderedState {

    private final @Nullable String source;

    SourcedState(
            PresenceFields fields,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long expiresAtMillis,
            long sinceMillis,
            long word) {
        super(fields, marked, write, createdAtMillis, updatedAtMillis, ttlMillis, expiresAtMillis, sinceMillis, word);
        this.source = fields.source();
    }

    @Override
    public final @Nullable String source() {
        return source;
    }
}
