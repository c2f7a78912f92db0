package io.presence.internal.store;

import java.time.Instant;

/**
 * The times of the end of an incarnation, by the wall clock.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class EndTimes {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long endedAtMillis;
    private final long sinceMillis;

    private EndTimes(long endedAtMillis, long sinceMillis) {
        this.endedAtMillis = endedAtMillis;
        this.sinceMillis = sinceMillis;
    }

    static EndTimes of(Entry over, PresenceState last, long shift) {
        return new EndTimes(last.endMillis(over.endedAt(), over.ttl(), shift), over.ttl() / NANOS_PER_MILLI);
    }

    /** The deadline, or the time of the deletion. */
    public Instant endedAt() {
        return Instant.ofEpochMilli(endedAtMillis);
    }

    /** The time of the last heartbeat, or of the last write that set a TTL. */
    public Instant lastSeenAt() {
        return Instant.ofEpochMilli(endedAtMillis - sinceMillis);
    }

    /** A state of an expired incarnation with the lease that it had at its end. */
    public PresenceState expired(PresenceState dispatched) {
        return dispatched.ended(endedAtMillis, sinceMillis);
    }
}
