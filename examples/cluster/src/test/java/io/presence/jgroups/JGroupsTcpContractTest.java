package io.presence.jgroups;

import io.presence.transport.TransportCluster;
import io.presence.transport.TransportContract;

/** The contract over JGroups with the stack that hosts use. */
class JGroupsTcpContractTest extends TransportContract {

    private final TcpCluster cluster = new TcpCluster(options -> options);

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
