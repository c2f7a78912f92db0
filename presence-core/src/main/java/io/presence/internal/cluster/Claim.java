package io.presence.internal.cluster;

/**
 * The right of a node to own the presence of an id.
 *
 * @param createdEpoch the epoch of the node that created the presence, at its creation
 * @param creator the node that created the presence
 * @param epoch the epoch at which the owner became the owner
 */
record Claim(long createdEpoch, NodeId creator, long epoch) {}
