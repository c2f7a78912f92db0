package io.presence.jgroups;

import io.presence.transport.TransportCluster;
import io.presence.transport.TransportContract;

/** The contract over JGroups in one JVM, without sockets. */
class JGroupsLoopbackContractTest extends TransportContract {

    private final LoopbackCluster cluster = new LoopbackCluster();

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
