package io.presence.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The claims that an entry holds on its store's capacity, and its flags. A claim is passed to the entry of the next
 * incarnation or released, once.
 *
 * <p><b>Errors.</b> Each call of {@link CapacityLimits} comes before the flag that records it. Nothing between them
 * can fail.
 *
 * <p><b>Threads.</b> Guarded by this object's monitor, except for {@link #isChangingEpoch}.
 */
abstract class CapacityClaim extends Lease {

    /** A capture has read the entry while it was alive. */
    static final int CAPTURED_ALIVE = 1;

    /** The end is recorded, but the entry is still indexed by its last state. */
    static final int INDEXED = 2;

    /* HELD: it holds the claim of an entry. LIVE: it holds the claim of a live presence. */
    private static final int HELD = 4;
    private static final int LIVE = 8;
    /* It is counted as a presence of its user. */
    private static final int COUNTED = 16;
    /* It is counted as a presence of another node, and holds no other claim. */
    private static final int REPLICA = 32;

    /* A state is being published that begins an epoch, and the word of the lease may be behind it. */
    private static final int CHANGING_EPOCH = 64;

    private static final VarHandle FLAGS = Fields.varHandle(MethodHandles.lookup(), "flags", byte.class);

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

    /** Call before a state that begins an epoch is published. */
    final void startEpochChange() {
        flags |= CHANGING_EPOCH;
    }

    /** Call once the word of the lease is in the epoch of the published state. Idempotent. */
    final void endEpochChange() {
        if (has(CHANGING_EPOCH)) {
            /* After the change of the word: who finds no change under way must not have found the word before it. */
            FLAGS.setRelease(this, (byte) (flags & ~CHANGING_EPOCH));
        }
    }

    /** Returns whether the word may be behind the state. Call without the monitor, after both are read. */
    final boolean isChangingEpoch() {
        return ((byte) FLAGS.getAcquire(this) & CHANGING_EPOCH) != 0;
    }

    /** The user of the presence; null before the first state is published and after the last is cleared. */
    abstract @Nullable String owner();

    /**
     * Claims the capacity of a new entry.
     *
     * @param claim the claim of the user, or null if users are not counted
     * @return the limit that is reached, or null
     */
    final CapacityLimits.@Nullable Limit acquire(CapacityLimits capacity, @Nullable UserClaim claim) {
        if (isRemote()) {
            becomeReplica(capacity);
            return null;
        }
        return acquireOwn(capacity, claim);
    }

    private void becomeReplica(CapacityLimits capacity) {
        capacity.addReplica();
        flags |= REPLICA;
    }

    /**
     * Claims the capacity of a presence that this node takes over.
     *
     * @param claim the claim of the user, or null if users are not counted
     * @return the limit that is reached, or null
     */
    final CapacityLimits.@Nullable Limit takeOver(CapacityLimits capacity, @Nullable UserClaim claim) {
        CapacityLimits.Limit refused = acquireOwn(capacity, claim);
        if (refused == null) {
            releaseReplica(capacity);
        }
        return refused;
    }

    /** Releases the claims of a presence that another node takes over. */
    final void handOver(CapacityLimits capacity) {
        release(capacity);
        becomeReplica(capacity);
    }

    private void releaseReplica(CapacityLimits capacity) {
        if (has(REPLICA)) {
            capacity.releaseReplica();
            flags &= ~REPLICA;
        }
    }

    private CapacityLimits.@Nullable Limit acquireOwn(CapacityLimits capacity, @Nullable UserClaim claim) {
        if (!acquireCount(claim)) {
            return CapacityLimits.Limit.USER;
        }
        CapacityLimits.Limit refused = capacity.acquire();
        if (refused == null) {
            flags |= HELD | LIVE;
        } else {
            releaseCount(claim);
        }
        return refused;
    }

    /**
     * Takes over the claims of the predecessor.
     *
     * @param claim the claim of the user, or null if users are not counted
     * @return the limit that is reached, or null
     */
    final CapacityLimits.@Nullable Limit inherit(
            CapacityClaim over, CapacityLimits capacity, @Nullable UserClaim claim) {
        if (isRemote() || over.has(REPLICA)) {
            return acquire(capacity, claim);
        }
        boolean isOfUser = claim != null && over.has(COUNTED) && claim.isFor(over.owner());
        boolean hasPlace = over.has(LIVE);
        boolean isRefused = (claim != null && isOfUser) ? !claim.isWithinLimit() : !acquireCount(claim);
        if (isRefused) {
            return CapacityLimits.Limit.USER;
        }
        try {
            hasPlace = hasPlace || capacity.acquireLive();
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

    /* False if the user's limit is reached. */
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

    /** Undoes {@link #inherit}, except that the predecessor stays ended and gets no claim of a live presence. */
    final void returnTo(CapacityClaim over, CapacityLimits capacity, @Nullable UserClaim claim) {
        releaseCount(claim);
        if (has(REPLICA) || over.has(REPLICA)) {
            release(capacity);
            return;
        }
        releaseLive(capacity);
        flags &= ~HELD;
        over.flags |= HELD;
    }

    /** Releases the user's count of an entry that has no state and hence does not know its user. */
    final void releaseCount(@Nullable UserClaim claim) {
        if (claim != null && has(COUNTED)) {
            claim.release();
            flags &= ~COUNTED;
        }
    }

    /** Returns whether it counts as a live presence of its user. */
    final boolean isCounted() {
        return has(COUNTED);
    }

    /** Releases all claims. */
    final void release(CapacityLimits capacity) {
        releaseReplica(capacity);
        releaseLive(capacity);
        if (has(HELD)) {
            capacity.releaseEntry();
            flags &= ~HELD;
        }
    }

    /** Releases the claim of a live presence, if it holds one. */
    final void releaseLive(CapacityLimits capacity) {
        if (has(LIVE)) {
            capacity.releaseLive();
            flags &= ~LIVE;
        }
        String owner = has(COUNTED) ? owner() : null;
        if (owner != null) {
            capacity.releaseCount(owner);
            flags &= ~COUNTED;
        }
    }
}
