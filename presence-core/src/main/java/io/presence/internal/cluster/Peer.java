package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
import io.presence.cluster.ClusterStatus;
import io.presence.cluster.ClusterStatus.PeerState;
import java.time.Duration;

/**
 * Another node: its member of the engine, its lease, and the copy of its presences.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Peer {

    /** A time that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    final PeerCopy copy;

    /** The name of its member. */
    String member;

    private final String name;

    /** The time of its last frame. */
    long heardAt;

    /** The time at which its presences leave, if it is held. */
    long heldUntil = NEVER;

    /** The cause of the end of its presences. */
    Cause cause = Cause.NODE_LOST;

    /** Whether it has said that it leaves. */
    boolean hasLeft;

    /** Whether its presences are leaving. It is then forgotten. */
    boolean isEvicted;

    /** The time since which its copy is behind. */
    long behindSince = NEVER;

    /** The time before which it is not asked for a snapshot again. */
    long nextPullAt;

    Peer(PeerCopy copy, String member, long now) {
        this.copy = copy;
        this.name = copy.node.toString();
        this.member = member;
        this.heardAt = now;
        this.nextPullAt = now;
    }

    NodeId node() {
        return copy.node;
    }

    boolean isHeld() {
        return heldUntil != NEVER;
    }

    /** Returns whether it has sent a frame since a time, and is neither lost nor has left. */
    boolean isSpeaking(long since) {
        return heardAt >= since && !isHeld() && !isEvicted && !hasLeft;
    }

    /** Makes its presences leave at a time, or at once. */
    void hold(long until, Cause end, long now) {
        cause = end;
        if (until <= now) {
            isEvicted = true;
        } else {
            heldUntil = until;
        }
    }

    ClusterStatus.Peer status(long now) {
        return new ClusterStatus.Peer(
                name,
                member,
                state(),
                copy.list().size(),
                Math.max(0, copy.revision()),
                Duration.ofNanos(Math.max(0, now - heardAt)));
    }

    private PeerState state() {
        if (isHeld() || isEvicted) {
            return PeerState.HELD;
        }
        if (copy.isPartial()) {
            return PeerState.PARTIAL;
        }
        return copy.isBehind() || copy.isStale() ? PeerState.PULLING : PeerState.SYNCED;
    }
}
