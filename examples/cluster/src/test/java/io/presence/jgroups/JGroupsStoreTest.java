package io.presence.jgroups;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.StoreContract;
import org.jgroups.util.Util;

/** Stores over JGroups in one JVM, without sockets. */
class JGroupsStoreTest extends StoreContract {

    private final LoopbackCluster cluster = new LoopbackCluster();

    @Override
    protected ClusterTransport create(String name) {
        return cluster.create(name);
    }

    @Override
    protected void crash(ClusterTransport transport) throws Exception {
        Util.shutdown(((JGroupsTransport) transport).channel());
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
