package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;
import org.jspecify.annotations.Nullable;

/** The recorded end of an incarnation. Constants, so that to record an end needs no memory. */
enum Ending implements Holding {
    DELETED(Cause.DELETED),
    EXPIRED(Cause.EXPIRED),
    DISCONNECTED(Cause.DISCONNECTED),
    SHUTDOWN(Cause.SHUTDOWN);

    private final Cause cause;

    Ending(Cause cause) {
        this.cause = cause;
    }

    Cause cause() {
        return cause;
    }

    @Override
    public @Nullable Hold of(SessionHolds session) {
        return null;
    }

    @Override
    public boolean contains(Hold hold) {
        return false;
    }

    @Override
    public Holding without(Hold hold) {
        return this;
    }
}
