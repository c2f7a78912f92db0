package io.presence;

import java.util.SplittableRandom;

/** Nodes of a cluster with an identity that a test chooses, so that a run can be repeated. */
public final class ClusterSeeds {

    private ClusterSeeds() {}

    /** Sets the source of the identity of a node. */
    public static PresenceStoreBuilder of(PresenceStoreBuilder builder, long seed) {
        return builder.clusterRandom(() -> new SplittableRandom(seed));
    }
}
