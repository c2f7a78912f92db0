package io.presence.internal.store;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The change of a presence of another node to one of this node, by a write or a heartbeat here. Subscribers see no
 * event of it, other than that of the write.
 *
 * <p><b>Threads.</b> Safe for use by any thread, under the monitors that a member names.
 */
final class Takeovers {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MIN_JUMP = 1 << 16;

    /* See PresenceState.takenOver. */
    private final int jump = ThreadLocalRandom.current().nextInt(MIN_JUMP, Integer.MAX_VALUE);
    private final CapacityLimits capacity;
    private final DirtyQueue dirty;
    private final @Nullable UserCounts users;

    /**
     * Creates the takeovers of a table.
     *
     * @param users the presences of each user, or null if they are not counted
     */
    Takeovers(CapacityLimits capacity, DirtyQueue dirty, @Nullable UserCounts users) {
        this.capacity = capacity;
        this.dirty = dirty;
        this.users = users;
    }

    /**
     * Takes over the presence of another node by a heartbeat.
     *
     * @param ttl nanoseconds from {@code now}, or {@link Heartbeats#LAST_TTL}
     * @return false if it is no longer alive, is not of another node, or may not be read or updated by the caller any
     *     more; the caller then starts again
     * @throws io.presence.PresenceException if a limit is reached
     */
    boolean touch(Entry entry, Access access, long now, long ttl) {
        synchronized (entry) {
            PresenceState seen = entry.isRemoved() ? null : entry.liveState(now);
            if (seen == null || !entry.isRemote() || !access.canRead(seen) || !access.canUpdate(seen)) {
                return false;
            }
            takeOver(entry, seen, now, ttl, null);
            return true;
        }
    }

    /**
     * The state that a write of this node starts from. A live presence of another node is taken over first. Call under
     * the monitor.
     *
     * @param ttl as for {@link #takeOver}
     * @param claim as for {@link #takeOver}
     * @throws io.presence.PresenceException if a limit is reached
     */
    PresenceState ownState(Entry entry, PresenceState seen, long now, long ttl, @Nullable UserClaim claim) {
        if (!entry.isRemote()) {
            return seen;
        }
        takeOver(entry, seen, now, ttl, claim);
        return seen.takenOver(jump);
    }

    /**
     * Takes over a live presence of another node. Call under the monitor.
     *
     * @param ttl nanoseconds from {@code now}, or {@link Heartbeats#LAST_TTL}
     * @param claim the claim of the user, or null to count the user without a limit
     * @throws io.presence.PresenceException if a limit is reached
     */
    void takeOver(Entry entry, PresenceState seen, long now, long ttl, @Nullable UserClaim claim) {
        UserClaim counted = claim == null && users != null ? new UserClaim(users, seen.userId(), false) : claim;
        CapacityLimits.Limit refused = entry.takeOver(capacity, counted);
        if (refused != null) {
            throw capacity.error(refused);
        }
        try {
            entry.setHolding(null);
            entry.fence();
            entry.renew(now, ttl == Heartbeats.LAST_TTL ? seen.ttlMillis() * NANOS_PER_MILLI : ttl);
            dirty.add(entry, now);
        } catch (Throwable t) {
            dirty.markMissed(entry);
            throw t;
        }
    }
}
