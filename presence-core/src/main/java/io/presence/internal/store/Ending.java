package io.presence.internal.store;

import java.time.Instant;

/**
 * The times of the end of a life, by the wall clock.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Ending {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long endedAtMillis;
    private final long sinceMillis;

    private Ending(long endedAtMillis, long sinceMillis) {
        this.endedAtMillis = endedAtMillis;
        this.sinceMillis = sinceMillis;
    }

    static Ending of(Entry over, State last, long shift) {
        return new Ending(last.endMillis(over.endedAt(), over.ttl(), shift), over.ttl() / NANOS_PER_MILLI);
    }

    /** The deadline, or when it was deleted. */
    public Instant endedAt() {
        return Instant.ofEpochMilli(endedAtMillis);
    }

    /** When the last heartbeat came, or the last write that gave a lifetime. */
    public Instant lastSeenAt() {
        return Instant.ofEpochMilli(endedAtMillis - sinceMillis);
    }

    /** A state of a life that has expired, with the lease that it had then. */
    public State expired(State told) {
        return told.ended(endedAtMillis, sinceMillis);
    }
}
