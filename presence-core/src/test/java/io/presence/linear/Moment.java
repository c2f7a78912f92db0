package io.presence.linear;

import io.presence.Version;
import org.jspecify.annotations.Nullable;

/**
 * The state of the specified presence and of the clock.
 *
 * @param version null if there is no presence
 * @param writer the write that has set the deadline and will publish its status; null for none
 */
record Moment(
        long now,
        @Nullable Version version,
        int status,
        long ttl,
        long deadline,
        @Nullable Call writer) {

    static Moment absentAt(long now) {
        return new Moment(now, null, 0, 0, 0, null);
    }

    /** Returns whether a thread that reads this time finds a presence. */
    boolean isLiveAt(long reading) {
        return version != null && reading < deadline;
    }

    /** The end, which is final. */
    Moment ended() {
        return new Moment(now, null, 0, 0, 0, writer);
    }

    Moment created(@Nullable Version by, int newStatus, long reading, long newTtl) {
        return new Moment(now, by, newStatus, newTtl, reading + newTtl, null);
    }

    Moment renewed(long reading, long newTtl, @Nullable Call newWriter) {
        return new Moment(now, version, status, newTtl, reading + newTtl, newWriter);
    }

    Moment published(@Nullable Version by, int newStatus) {
        return version == null
                ? new Moment(now, null, 0, 0, 0, null)
                : new Moment(now, by, newStatus, ttl, deadline, null);
    }

    Moment touched(long reading, long by) {
        return new Moment(now, version, status, ttl, Math.max(deadline, reading + by), writer);
    }

    Moment advanced(long by) {
        return new Moment(now + by, version, status, ttl, deadline, writer);
    }
}
