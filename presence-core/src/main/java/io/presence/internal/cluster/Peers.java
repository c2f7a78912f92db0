package io.presence.internal.cluster;

import io.presence.PresenceEvent.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes. A node is one store in one process: it has another identity after a restart, even as the same member
 * of the engine. It is lost if the engine no longer reports its member, or if its lease ends.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class Peers {

    private static final int MAX_EVICTED = 10_000;

    private final NodeId self;
    private final CopyChanges changes;
    private final long leaseNanos;
    private final long holdNanos;
    private final Map<NodeId, Peer> byNode = new LinkedHashMap<>();
    private final Map<String, Peer> byMember = new HashMap<>();
    /* The nodes that were evicted last. */
    private final Set<NodeId> evicted = Collections.newSetFromMap(new BoundedMap<>(MAX_EVICTED));
    private Set<String> members = Set.of();
    /* Nobody is lost before this time. */
    private long guardedUntil;
    private long rejected;

    Peers(NodeId self, CopyChanges changes, long leaseNanos, long holdNanos) {
        this.self = self;
        this.changes = changes;
        this.leaseNanos = leaseNanos;
        this.holdNanos = holdNanos;
    }

    Collection<Peer> all() {
        return byNode.values();
    }

    long rejected() {
        return rejected;
    }

    /** Counts a frame that was not accepted. */
    void reject() {
        rejected++;
    }

    void setMembers(Set<String> others) {
        members = others;
    }

    /**
     * Keeps all nodes for a time, since this one was paused: what it has not heard was perhaps said.
     *
     * @param until the end of that time
     */
    void guard(long now, long until) {
        guardedUntil = until;
        for (Peer peer : byNode.values()) {
            peer.heardAt = now;
        }
    }

    /**
     * The node that has sent a frame. It then holds its lease again.
     *
     * @param member the sender, as the engine knows it
     * @param origin the sender, as the frame says
     * @return null if the frame is to be ignored
     */
    @Nullable Peer heard(String member, NodeId origin, long now) {
        if (origin.equals(self) || !members.contains(member)) {
            return null;
        }
        Peer peer = byNode.get(origin);
        if (isForeign(member, peer, now)) {
            rejected++;
            return null;
        }
        if (peer == null) {
            peer = add(member, origin, now);
        } else if (!peer.member.equals(member)) {
            byMember.remove(peer.member, peer);
            peer.member = member;
            byMember.put(member, peer);
        }
        peer.heardAt = now;
        if (!peer.hasLeft) {
            peer.heldUntil = Peer.NEVER;
        }
        return peer.isEvicted ? null : peer;
    }

    /*
     * A member has one node at a time. Another one takes its place once the former has been silent for two digests, so
     * that a frame that is late or passed on displaces nobody. The former is then lost, as watch finds.
     */
    private boolean isForeign(String member, @Nullable Peer peer, long now) {
        Peer former = byMember.get(member);
        if (former == peer) {
            return false;
        }
        if (peer != null && members.contains(peer.member)) {
            return true;
        }
        return former != null && former.isSpeaking(now - leaseNanos * 2 / Replication.DIGESTS_PER_LEASE);
    }

    private Peer add(String member, NodeId origin, long now) {
        Peer added = new Peer(new PeerCopy(origin, evicted.contains(origin), changes), member, now);
        byNode.put(origin, added);
        byMember.put(member, added);
        return added;
    }

    private void lose(Peer lost, long now) {
        lost.hold(now + holdNanos, Cause.NODE_LOST, now);
    }

    /** Notes that a node leaves by itself. */
    void left(Peer leaving, long holdUntil, long now) {
        leaving.hasLeft = true;
        changes.left(leaving.copy);
        leaving.hold(holdUntil, Cause.SHUTDOWN, now);
    }

    /**
     * Finds lost nodes, and removes presences of those that are gone.
     *
     * @param budget the maximum number of presences to remove
     * @return the number of removed ones
     */
    int advance(long now, int budget) {
        int removed = 0;
        List<Peer> gone = null;
        for (Peer peer : byNode.values()) {
            watch(peer, now);
            if (peer.isEvicted) {
                removed += peer.copy.removeAll(budget - removed, peer.cause);
                if (peer.copy.list().size() == 0) {
                    gone = gone == null ? new ArrayList<>() : gone;
                    gone.add(peer);
                }
            } else {
                removed += peer.copy.removeStale(budget - removed);
            }
        }
        if (gone != null) {
            gone.forEach(this::forget);
        }
        return removed;
    }

    private void watch(Peer peer, long now) {
        if (peer.isEvicted) {
            return;
        }
        if (peer.isHeld()) {
            if (now >= peer.heldUntil) {
                peer.isEvicted = true;
            }
            return;
        }
        boolean isLost = !isCurrent(peer) || now - peer.heardAt > leaseNanos;
        if (isLost && now >= guardedUntil) {
            lose(peer, now);
        }
    }

    private boolean isCurrent(Peer peer) {
        return members.contains(peer.member) && byMember.get(peer.member) == peer;
    }

    private void forget(Peer gone) {
        byNode.remove(gone.node());
        changes.forget(gone.node());
        byMember.remove(gone.member, gone);
        evicted.remove(gone.node());
        evicted.add(gone.node());
    }

    /** Returns the nanoseconds until a node can be lost or forgotten, or {@link Long#MAX_VALUE}. */
    long idleNanos(long now) {
        long idle = Long.MAX_VALUE;
        for (Peer peer : byNode.values()) {
            if (peer.isEvicted || peer.copy.isStale()) {
                return 0;
            }
            long at = peer.isHeld() ? peer.heldUntil : lossAt(peer, now);
            idle = Math.min(idle, Math.max(0, at - now));
        }
        return idle;
    }

    private long lossAt(Peer peer, long now) {
        long at = isCurrent(peer) ? peer.heardAt + leaseNanos + 1 : now;
        return Math.max(at, guardedUntil);
    }
}
