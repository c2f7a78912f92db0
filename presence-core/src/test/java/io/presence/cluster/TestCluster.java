package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceStoreBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Some nodes on a simulated network, in virtual time, that a test drives step by step. */
final class TestCluster implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(2);

    private static final long MILLI = 1_000_000;
    private static final long QUANTUM = 20 * MILLI;
    private static final long JOINING = 2_500;

    final SimulatedNetwork network = new SimulatedNetwork(1);
    final List<TestNode> nodes = new ArrayList<>();

    private final List<TestNode> crashed = new ArrayList<>();
    private long seed = 1;

    /** Starts nodes with the names a, b and so on, and waits until they know each other. */
    static TestCluster of(int count) {
        return of(count, options -> options);
    }

    static TestCluster of(int count, UnaryOperator<ClusterOptions> options) {
        TestCluster cluster = new TestCluster();
        for (int i = 0; i < count; i++) {
            cluster.start(String.valueOf((char) ('a' + i)), options, builder -> builder);
        }
        cluster.run(JOINING);
        return cluster;
    }

    TestNode start(String name) {
        return start(name, options -> options, builder -> builder);
    }

    TestNode start(String name, UnaryOperator<ClusterOptions> options, UnaryOperator<PresenceStoreBuilder> settings) {
        ProbeTransport transport = new ProbeTransport(network.join(name));
        TestNode node = new TestNode(name, network.now(), seed++, transport, options, settings);
        nodes.add(node);
        return node;
    }

    TestNode node(int index) {
        return nodes.get(index);
    }

    /** Runs all nodes for a time. */
    void run(long millis) {
        long end = network.now() + millis * MILLI;
        nodes.forEach(TestNode::wakeUp);
        while (network.now() < end) {
            network.runTo(Math.min(end, network.now() + QUANTUM));
            nodes.forEach(node -> node.runTo(network.now()));
        }
    }

    void pause(TestNode node, long millis) {
        node.pausedUntil = network.now() + millis * MILLI;
    }

    void cut(TestNode one, TestNode other) {
        network.cut(one.name, other.name);
        network.cut(other.name, one.name);
    }

    void crash(TestNode node) {
        network.crash(node.name);
        nodes.remove(node);
        crashed.add(node);
    }

    /** Closes the store of a node, which takes leave of the others. */
    void leave(TestNode node) {
        node.store.close();
        node.rest();
        nodes.remove(node);
    }

    /** All nodes show the same, which is what the events of each of them have led to. */
    void assertAgreement() {
        Map<String, String> first = node(0).shown();
        for (TestNode node : nodes) {
            assertThat(node.shown()).as("presences of %s", node.name).isEqualTo(first);
            Map<String, String> folded = new HashMap<>();
            for (Map.Entry<String, Presence> each : node.events.present().entrySet()) {
                folded.put(each.getKey(), SimulatedNode.text(each.getValue()));
            }
            assertThat(folded).as("events of %s", node.name).isEqualTo(first);
            assertThat(node.store.stats().presences())
                    .as("entries of %s", node.name)
                    .isEqualTo(first.size());
        }
        assertThat(nodes.stream()
                        .mapToLong(node -> node.status().ownPresences())
                        .sum())
                .as("owned presences")
                .isEqualTo(first.size());
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.store.close());
        crashed.forEach(node -> node.store.close());
    }
}
