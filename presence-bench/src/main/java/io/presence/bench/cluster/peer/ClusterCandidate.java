package io.presence.bench.cluster.peer;

import io.presence.jgroups.JGroupsOptions;
import io.presence.jgroups.JGroupsTransport;
import io.presence.testing.LocalNetwork;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The candidates. All nodes are in one JVM. */
public enum ClusterCandidate {
    /** The library, with calls of methods in place of a network. */
    PRESENCE_LOCAL {
        @Override
        public Supplier<Node> newCluster() {
            LocalNetwork network = LocalNetwork.create();
            return numbered(number -> new StoreNode(network.join("node-" + number)));
        }
    },
    /** The library over JGroups and TCP at the loopback interface. */
    PRESENCE_JGROUPS {
        @Override
        public Supplier<Node> newCluster() {
            String name = UUID.randomUUID().toString();
            List<Integer> ports = FreePorts.pairs(MAX_NODES);
            List<String> peers = ports.stream().map(port -> "127.0.0.1:" + port).toList();
            return numbered(
                    number -> new StoreNode(JGroupsTransport.of(JGroupsOptions.at("127.0.0.1", ports.get(number))
                            .peers(peers)
                            .clusterName(name))));
        }
    },
    /** Hazelcast's ReplicatedMap over TCP at the loopback interface. */
    HAZELCAST {
        @Override
        public Supplier<Node> newCluster() {
            String name = UUID.randomUUID().toString();
            List<Integer> ports = FreePorts.pairs(MAX_NODES);
            return numbered(number -> new HazelcastNode(name, ports, ports.get(number)));
        }
    };

    /** The number of nodes that a cluster can have, one after another. */
    public static final int MAX_NODES = 5;

    /** Returns a cluster without nodes. Each call of the supplier starts one and joins it to the others. */
    public abstract Supplier<Node> newCluster();

    private static Supplier<Node> numbered(Function<Integer, Node> maker) {
        return new Supplier<>() {
            private int number;

            @Override
            public Node get() {
                return maker.apply(number++);
            }
        };
    }
}
