package io.presence.internal.cluster;

import java.util.List;

/** A message from one node to another, about the presences that its sender owns. */
sealed interface Frame permits Frame.Delta, Frame.Digest, Frame.Pull, Frame.Chunk, Frame.Bye {

    /** The presences that it is about: 0 for those of the store, 1 for locks. */
    int space();

    /** The node that made it. */
    NodeId origin();

    /**
     * Successive changes of the origin.
     *
     * @param fromRevision the revision before the first operation
     * @param operations the operation at index i has the revision {@code fromRevision + 1 + i}
     */
    record Delta(int space, NodeId origin, long fromRevision, List<Operation> operations) implements Frame {}

    /**
     * A sign of life, with a summary of all presences that the origin owns.
     *
     * @param revision the revision of the last change
     * @param size the number of presences
     * @param hash a hash of the set of presences
     */
    record Digest(int space, NodeId origin, long revision, long size, long hash) implements Frame {}

    /**
     * A request for a snapshot.
     *
     * @param origin the node that asks
     * @param of the node whose presences it asks for
     * @param nonce an arbitrary number, which the chunks of the snapshot repeat
     * @param haveRevision the revision that the copy of the asking node has reached
     */
    record Pull(int space, NodeId origin, NodeId of, long nonce, long haveRevision) implements Frame {}

    /**
     * A part of a snapshot.
     *
     * @param nonce the number of the request
     * @param revision the revision of the snapshot
     * @param part the number of this part, from 0 on
     * @param isLast whether no part follows
     */
    record Chunk(int space, NodeId origin, long nonce, long revision, int part, boolean isLast, List<Copy> copies)
            implements Frame {}

    /**
     * The last frame of a store that is closed.
     *
     * @param revision the revision of its last change
     * @param holdMillis the time for which its presences stay visible
     */
    record Bye(int space, NodeId origin, long revision, long holdMillis) implements Frame {}
}
