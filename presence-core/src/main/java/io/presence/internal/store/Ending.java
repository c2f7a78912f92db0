package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;

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
}
