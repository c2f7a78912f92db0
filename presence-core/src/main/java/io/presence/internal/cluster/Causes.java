package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;

/** The numbers of the causes of an end. */
final class Causes {

    private Causes() {}

    static int number(Cause cause) {
        return switch (cause) {
            case DELETED -> 1;
            case EXPIRED -> 2;
            case DISCONNECTED -> 3;
            case SHUTDOWN -> 4;
            case REPLACED -> 5;
            case NODE_LOST -> 6;
            case NO_LONGER_MATCHES, NO_LONGER_READABLE ->
                throw new IllegalArgumentException("cause must be an end: " + cause);
        };
    }

    static Cause of(int number) {
        return switch (number) {
            case 1 -> Cause.DELETED;
            case 2 -> Cause.EXPIRED;
            case 3 -> Cause.DISCONNECTED;
            case 4 -> Cause.SHUTDOWN;
            case 5 -> Cause.REPLACED;
            case 6 -> Cause.NODE_LOST;
            default -> throw new FrameException("cause must be from 1 to 6: " + number);
        };
    }
}
