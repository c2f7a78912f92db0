package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The right of one session to one incarnation. An entry that refers to it is held by the session alone.
 *
 * <p><b>Threads.</b> {@code entry} is written under the monitors of the session and of the entry; {@code index} is
 * guarded by the monitor of the session.
 */
final class Hold implements Holding {

    final SessionHolds session;

    /** The entry; null until the write that takes it has happened. */
    @Nullable Entry entry;

    /** The position in the list of the session. */
    int index;

    Hold(SessionHolds session) {
        this.session = session;
    }

    @Override
    public @Nullable Hold of(SessionHolds asking) {
        return session == asking ? this : null;
    }

    @Override
    public boolean contains(Hold hold) {
        return this == hold;
    }

    @Override
    public @Nullable Holding without(Hold hold) {
        return this == hold ? null : this;
    }
}
