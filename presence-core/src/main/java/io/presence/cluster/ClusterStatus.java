package io.presence.cluster;

import java.time.Duration;
import java.util.List;

/**
 * The condition of a node and of its copies of the other nodes, at one moment.
 *
 * <p><b>Guarantees.</b> The values are as of one moment between two duty cycles of the store; of an earlier call if its
 * dispatcher is stuck.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param node the identity of this node, which is new for each store
 * @param ownPresences the number of presences that this node owns and has sent
 * @param revision the number of changes that this node has sent
 * @param peers the other nodes that are known, in the order in which they became known
 * @param framesSent the number of frames sent
 * @param bytesSent the bytes of these frames; a frame to all counts once
 * @param framesReceived the number of frames received
 * @param framesRejected the number of frames that were malformed, or came from another member than they said
 * @param framesDropped the number of frames that found the queue full, and of those that the transport failed to send
 * @param pulls the number of snapshots that this node has asked for
 * @param replaced the number of own presences that gave way to one of another node
 */
public record ClusterStatus(
        String node,
        long ownPresences,
        long revision,
        List<Peer> peers,
        long framesSent,
        long bytesSent,
        long framesReceived,
        long framesRejected,
        long framesDropped,
        long pulls,
        long replaced) {

    /** Copies the list. */
    public ClusterStatus {
        peers = List.copyOf(peers);
    }

    /**
     * Another node, as this node sees it.
     *
     * @param node the identity of its store
     * @param member the name by which the engine knows it
     * @param state whether the copy of its presences is complete
     * @param presences the number of its presences in that copy
     * @param revision its revision that the copy has reached
     * @param sinceHeard the time since its last frame
     */
    public record Peer(
            String node, String member, PeerState state, long presences, long revision, Duration sinceHeard) {}

    /** The state of a copy. */
    public enum PeerState {
        /** It has each change that was received, without a gap. */
        SYNCED,
        /** It waits for a snapshot. What it shows was true at some time. */
        PULLING,
        /** The node is lost or has left, and its presences stay for a while. */
        HELD,
        /** It leaves presences out, since there are more than {@link ClusterOptions#maxReplicas}. */
        PARTIAL
    }
}
