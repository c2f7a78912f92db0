package io.presence.internal.store;

import io.presence.PresenceEvent.Cause;

/** The recorded end of an incarnation. Constants, so that to record an end needs no memory. */
enum Ending implements Holding {
    DELETED(Cause.DELETED, false),
    EXPIRED(Cause.EXPIRED, false),
    DISCONNECTED(Cause.DISCONNECTED, false),
    SHUTDOWN(Cause.SHUTDOWN, false),
    REPLACED(Cause.REPLACED, false),

    /* Those that another node has made known. */
    REMOTE_DELETED(Cause.DELETED, true),
    REMOTE_EXPIRED(Cause.EXPIRED, true),
    REMOTE_DISCONNECTED(Cause.DISCONNECTED, true),
    REMOTE_SHUTDOWN(Cause.SHUTDOWN, true),
    REMOTE_REPLACED(Cause.REPLACED, true),
    REMOTE_LOST(Cause.NODE_LOST, true);

    private static final Ending[] ALL = values();

    private final Cause cause;
    private final boolean isRemote;

    Ending(Cause cause, boolean isRemote) {
        this.cause = cause;
        this.isRemote = isRemote;
    }

    /** The end of an own presence, or of one of another node. */
    static Ending of(Cause cause, boolean isRemote) {
        for (Ending ending : ALL) {
            if (ending.cause == cause && ending.isRemote == isRemote) {
                return ending;
            }
        }
        throw new IllegalArgumentException("cause must be an end: " + cause);
    }

    /** Returns whether another node has ended it. */
    boolean isRemote() {
        return isRemote;
    }

    Cause cause() {
        return cause;
    }
}
