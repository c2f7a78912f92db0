package io.presence.examples.gateway;

import io.presence.cluster.ClusterOptions;
import io.presence.jgroups.JGroupsOptions;
import io.presence.jgroups.JGroupsTransport;
import java.time.Duration;
import java.util.List;

/**
 * The place of a gateway among several.
 *
 * @param port the port for the other gateways; the next one is used too
 * @param peers the other gateways, each as {@code host:port}
 */
public record ClusterAddress(int port, List<String> peers) {

    /** Copies the list. */
    public ClusterAddress {
        peers = List.copyOf(peers);
    }

    /**
     * Returns the options of the store. What a lost or closed gateway has shown stays for a time, in which its clients
     * can reconnect to another one.
     *
     * @param host the address under which the other gateways reach this one
     * @param grace the time for which the presences of a lost socket stay
     */
    ClusterOptions options(String host, Duration grace) {
        JGroupsOptions node = JGroupsOptions.at(host, port).peers(peers);
        return ClusterOptions.over(JGroupsTransport.of(node)).holdLost(grace).handOver(grace);
    }
}
