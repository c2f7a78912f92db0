package io.presence.jgroups;

import io.presence.transport.StoreContract;
import io.presence.transport.TransportCluster;

/** Stores over JGroups in one JVM, without sockets. */
class JGroupsStoreTest extends StoreContract {

    private final LoopbackCluster cluster = new LoopbackCluster();

    @Override
    protected TransportCluster cluster() {
        return cluster;
    }
}
