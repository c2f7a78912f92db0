package io.presence.jgroups;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.TransportContract;
import org.jgroups.util.Util;

/** The contract over JGroups with the stack that hosts use. */
class JGroupsTcpContractTest extends TransportContract {

    private final TcpCluster cluster = new TcpCluster(options -> options);

    @Override
    protected ClusterTransport create(String name) {
        return cluster.create(name);
    }

    @Override
    protected void crash(ClusterTransport transport) throws Exception {
        Util.shutdown(((JGroupsTransport) transport).channel(), false);
    }

    @Override
    protected void cut(ClusterTransport transport) {
        cluster.cut((JGroupsTransport) transport);
    }

    @Override
    protected void heal() {
        cluster.heal();
    }
}
