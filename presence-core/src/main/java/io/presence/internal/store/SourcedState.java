package io.presence.internal.store;

/**
 * The state of a presence with a source and without an idle ladder. Other states have no room for one, and so take no
 * memory for it.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class SourcedState extends PresenceState {

    private final String source;

    SourcedState(
            PresenceFields fields,
            String source,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long expiresAtMillis,
            long sinceMillis,
            long word) {
        super(fields, marked, write, createdAtMillis, updatedAtMillis, ttlMillis, expiresAtMillis, sinceMillis, word);
        this.source = source;
    }

    @Override
    public String source() {
        return source;
    }
}
