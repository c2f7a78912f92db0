package io.presence.internal.cluster;

import io.presence.internal.store.PresenceState;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of one presence by one node, with the last state that is known here. It is a link of two lists: of the
 * ownerships of one id, and of those of one node in the order of their revisions or of their arrival.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Ownership {

    final String id;
    final NodeId owner;

    /** The revision of the owner at its last change. */
    long revision;

    Claim claim;
    PresenceState state;

    /** The number of the snapshot that has last confirmed it. */
    int generation;

    /** Whether the owner has given it to another node, whose own ownership has not arrived. */
    boolean isHandedOver;

    @Nullable Ownership nextOfId;

    @Nullable Ownership previous;

    @Nullable Ownership next;

    Ownership(String id, NodeId owner, long revision, Claim claim, PresenceState state) {
        this.id = id;
        this.owner = owner;
        this.revision = revision;
        this.claim = claim;
        this.state = state;
    }

    String userId() {
        return state.userId();
    }

    boolean isOfUser(Ownership other) {
        return userId().equals(other.userId());
    }

    /** Returns whether the presence was created before that of another ownership. */
    boolean isCreatedBefore(Ownership other) {
        return compareCreation(claim, other.claim) < 0;
    }

    static int compareCreation(Claim claim, Claim other) {
        int order = Long.compare(claim.createdEpoch(), other.createdEpoch());
        return order == 0 ? claim.creator().compareTo(other.creator()) : order;
    }

    /** Returns whether this node has taken the presence after that of another ownership. */
    boolean isTakenAfter(Ownership other) {
        int order = Long.compare(claim.epoch(), other.claim.epoch());
        return order == 0 ? owner.compareTo(other.owner) > 0 : order > 0;
    }

    /** A number of this id at this revision, for the hash of a set. */
    long hash() {
        return hash(id, revision);
    }

    static long hash(String id, long revision) {
        return mix(id.hashCode() * 0x9E3779B97F4A7C15L + mix(revision + id.length()));
    }

    /* The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
