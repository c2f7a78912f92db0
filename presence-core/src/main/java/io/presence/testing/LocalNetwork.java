package io.presence.testing;

import static java.util.Objects.requireNonNull;

import io.presence.cluster.ClusterTransport;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A network of nodes in one process, for tests of code that uses several nodes. It delivers each frame at once, in
 * order, and reports each change of the members at once. Links can be cut, and nodes lost.
 *
 * <pre>{@code
 * LocalNetwork network = LocalNetwork.create();
 * ManualStore one = ManualStore.of(PresenceStore.builder().cluster(ClusterOptions.over(network.join("one"))));
 * ManualStore other = ManualStore.of(PresenceStore.builder().cluster(ClusterOptions.over(network.join("other"))));
 *
 * one.store().upsert(PresenceUpsert.of("ada-laptop", "ada", "online"));
 * one.run();
 * other.run();
 * System.out.println(other.store().get("ada-laptop").status()); // prints: online
 *
 * network.lose("one");
 * other.run();
 * System.out.println(other.store().get("ada-laptop")); // prints: null
 * }</pre>
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class LocalNetwork {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Link> cuts = new HashSet<>();

    private record Link(String from, String to) {}

    private LocalNetwork() {}

    /**
     * Creates a network without nodes.
     *
     * @return a new network
     */
    public static LocalNetwork create() {
        return new LocalNetwork();
    }

    /**
     * Returns the transport of a node, which joins the network when its store is built. A node of the same name is lost
     * then, as if its process had been started again.
     *
     * @param name the name of the node, not empty
     * @return a new transport, for one store
     * @throws IllegalArgumentException if the name is empty
     */
    public ClusterTransport join(String name) {
        return new Node(requireName("name", name));
    }

    /**
     * Cuts the link from one node to another. The link in the other direction stays, unless that is cut too; then the
     * two are no longer members for each other.
     *
     * @param from the name of the sending node
     * @param to the name of the receiving node
     */
    public synchronized void cut(String from, String to) {
        cuts.add(new Link(requireName("from", from), requireName("to", to)));
        reportMembers();
    }

    /** Mends each link that was cut. */
    public synchronized void heal() {
        cuts.clear();
        reportMembers();
    }

    /**
     * Takes a node from the network, as if its machine had lost power.
     *
     * @param name the name of the node; nothing happens if there is none
     */
    public synchronized void lose(String name) {
        nodes.remove(requireName("name", name));
        reportMembers();
    }

    private static String requireName(String parameter, String name) {
        if (requireNonNull(name, parameter + " must not be null").isEmpty()) {
            throw new IllegalArgumentException(parameter + " must not be empty");
        }
        return name;
    }

    private void reportMembers() {
        for (Node node : nodes.values()) {
            Set<String> others = new TreeSet<>();
            for (String other : nodes.keySet()) {
                boolean isCut = cuts.contains(new Link(node.name, other)) && cuts.contains(new Link(other, node.name));
                if (!other.equals(node.name) && !isCut) {
                    others.add(other);
                }
            }
            node.report(others);
        }
    }

    private final class Node implements ClusterTransport {

        private final String name;
        private @Nullable Receiver receiver;
        private @Nullable Set<String> reported;

        Node(String name) {
            this.name = name;
        }

        private void report(Set<String> others) {
            if (!Objects.equals(reported, others) && receiver != null) {
                reported = others;
                receiver.onMembers(others);
            }
        }

        @Override
        public void start(Receiver to) {
            synchronized (LocalNetwork.this) {
                receiver = to;
                nodes.remove(name);
                reportMembers();
                nodes.put(name, this);
                reportMembers();
            }
        }

        @Override
        public void broadcast(byte[] frame) {
            synchronized (LocalNetwork.this) {
                for (String other : nodes.keySet()) {
                    if (!other.equals(name)) {
                        send(other, frame);
                    }
                }
            }
        }

        @Override
        public void send(String member, byte[] frame) {
            synchronized (LocalNetwork.this) {
                Node target = nodes.get(member);
                boolean isUp = nodes.get(name) == this && !cuts.contains(new Link(name, member));
                if (isUp && target != null && target.receiver != null) {
                    target.receiver.onFrame(name, frame.clone());
                }
            }
        }

        @Override
        public void close() {
            synchronized (LocalNetwork.this) {
                if (nodes.remove(name, this)) {
                    reportMembers();
                }
            }
        }
    }
}
