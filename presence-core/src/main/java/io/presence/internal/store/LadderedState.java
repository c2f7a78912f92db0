package io.presence.internal.store;

/**
 * The state of a presence with an idle ladder. Other states have no room for one, and so take no memory for it.
 *
 * <p><b>Threads.</b> Immutable, except for the idle clock in {@link IdleStatus}.
 */
final class LadderedState extends ExtendedState {

    final IdleStatus idle;

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
    }
}
