package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The places that an entry has in its store, and what else is noted of it in one bit each. A place is passed on from
 * the entry of one life to that of the next, or given back, once.
 *
 * <p><b>Errors.</b> Each call of {@link CapacityLimits} comes before the note of it, with nothing between them that can fail.
 *
 * <p><b>Threads.</b> Guarded by this object's monitor.
 */
abstract class CapacityClaim extends Lease {

    /** A capture has met it alive. */
    static final int CAPTURED_ALIVE = 1;

    /** Its end is noted, but it is still posted by what it was. */
    static final int INDEXED = 2;

    /* It has the place of an entry; that of a living presence. */
    private static final int HELD = 4;
    private static final int LIVE = 8;
    /* It is counted as a presence of its user. */
    private static final int COUNTED = 16;

    private byte flags;

    CapacityClaim(long now, long ttl) {
        super(now, ttl);
    }

    final boolean has(int note) {
        return (flags & note) != 0;
    }

    final void set(int note) {
        flags |= (byte) note;
    }

    final void clear(int note) {
        flags &= (byte) ~note;
    }

    /** The user whose presence it is; null before the first state is published, and after the last is let go of. */
    abstract @Nullable String owner();

    /**
     * Takes the places of a new entry.
     *
     * @param claim for whom, if users are counted
     * @return what refuses them, or null
     */
    final CapacityLimits.@Nullable Limit acquire(CapacityLimits places, @Nullable UserClaim claim) {
        if (!acquireCount(claim)) {
            return CapacityLimits.Limit.USER;
        }
        CapacityLimits.Limit refused = places.acquire();
        if (refused == null) {
            flags |= HELD | LIVE;
        } else {
            releaseCount(claim);
        }
        return refused;
    }

    /**
     * Takes the places of the life before.
     *
     * @param claim for whom, if users are counted
     * @return what refuses them, or null
     */
    final CapacityLimits.@Nullable Limit inherit(CapacityClaim over, CapacityLimits places, @Nullable UserClaim claim) {
        boolean isOfUser = claim != null && over.has(COUNTED) && claim.isFor(over.owner());
        boolean hasPlace = over.has(LIVE);
        boolean isRefused = (claim != null && isOfUser) ? !claim.isWithinLimit() : !acquireCount(claim);
        if (isRefused) {
            return CapacityLimits.Limit.USER;
        }
        try {
            hasPlace = hasPlace || places.acquireLive();
        } finally {
            if (!hasPlace) {
                releaseCount(claim);
            }
        }
        if (!hasPlace) {
            return CapacityLimits.Limit.PRESENCES;
        }
        int passed = isOfUser ? HELD | LIVE | COUNTED : HELD | LIVE;
        flags |= (byte) passed;
        over.flags &= (byte) ~passed;
        return null;
    }

    /* False if the user has as many as it may. */
    private boolean acquireCount(@Nullable UserClaim claim) {
        if (claim == null) {
            return true;
        }
        boolean isCounted = claim.acquire();
        if (isCounted) {
            flags |= COUNTED;
        }
        return isCounted;
    }

    /** Undoes {@link #inherit}, except that the life before is over, and has no place of a living presence. */
    final void returnTo(CapacityClaim over, CapacityLimits places, @Nullable UserClaim claim) {
        releaseCount(claim);
        releaseLive(places);
        flags &= ~HELD;
        over.flags |= HELD;
    }

    /** Gives back what is counted for a user, of an entry that has no state and does not know its user. */
    final void releaseCount(@Nullable UserClaim claim) {
        if (claim != null && has(COUNTED)) {
            claim.release();
            flags &= ~COUNTED;
        }
    }

    /** Tells whether it counts as a living presence of its user. */
    final boolean counts() {
        return has(COUNTED);
    }

    /** Gives back what places it has. */
    final void release(CapacityLimits places) {
        releaseLive(places);
        if (has(HELD)) {
            places.releaseEntry();
            flags &= ~HELD;
        }
    }

    /** Gives back the place of a living presence, if it has one. */
    final void releaseLive(CapacityLimits places) {
        if (has(LIVE)) {
            places.releaseLive();
            flags &= ~LIVE;
        }
        String owner = has(COUNTED) ? owner() : null;
        if (owner != null) {
            places.releaseCount(owner);
            flags &= ~COUNTED;
        }
    }
}
