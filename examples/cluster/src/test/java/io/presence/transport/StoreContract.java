package io.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterStatus.Peer;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.cluster.ClusterTransport;
import io.presence.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stores of several nodes in one JVM, over the transport of an engine. */
public abstract class StoreContract {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** A node with a subscription that checks each event against those before it. */
    protected record Node(ClusterTransport transport, PresenceStore store, RecordingListener seen) {

        void put(String id, String status) {
            store.upsert(PresenceUpsert.of(id, "user-" + id, status));
        }

        /** The status of each presence that the listener was shown, and that a reader finds. */
        Map<String, String> shown() {
            Map<String, String> shown = new TreeMap<>();
            seen.present().forEach((id, presence) -> shown.put(id, presence.status()));
            return shown;
        }

        void await(String rule, Predicate<RecordingListener> condition) {
            seen.await(rule, DEADLINE, condition);
        }

        void awaitShown(Map<String, String> wanted) {
            await("shown must become " + wanted, listener -> shown().equals(wanted));
            for (Map.Entry<String, String> entry : wanted.entrySet()) {
                assertThat(store.get(entry.getKey())).isNotNull();
            }
        }

        List<Cause> causes(String id) {
            return seen.events().stream()
                    .filter(event -> event.presence().id().equals(id) && event.cause() != null)
                    .map(PresenceEvent::cause)
                    .toList();
        }

        /** Waits until the one other node is in a state. */
        void awaitPeer(PeerState wanted) {
            Await.until("peer must become " + wanted, () -> states().equals(List.of(wanted)));
        }

        private List<PeerState> states() {
            return store.cluster().orElseThrow().peers().stream()
                    .map(Peer::state)
                    .toList();
        }
    }

    private final List<Node> open = new ArrayList<>();
    private final List<Node> crashed = new ArrayList<>();

    /** The cluster of this test. */
    protected abstract TransportCluster cluster();

    @AfterEach
    void closeAll() throws Exception {
        cluster().close();
        open.forEach(node -> node.store.close());
        crashed.forEach(node -> node.store.close());
    }

    private Node start(String name, UnaryOperator<ClusterOptions> changes) throws Exception {
        ClusterTransport transport = cluster().create(name);
        PresenceStore store = PresenceStore.builder()
                .name(name)
                .cluster(changes.apply(ClusterOptions.over(transport)))
                .build();
        RecordingListener seen = RecordingListener.withSnapshot();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), seen);
        Node node = new Node(transport, store, seen);
        open.add(node);
        return node;
    }

    private Node start(String name) throws Exception {
        return start(name, options -> options);
    }

    private void close(Node node) {
        open.remove(node);
        node.store.close();
    }

    /** Its engine is silent from now on; what it still shows to itself is no concern of the others. */
    private void crash(Node node) throws Exception {
        open.remove(node);
        crashed.add(node);
        cluster().crash(node.transport);
    }

    private static void awaitAll(List<Node> nodes, Map<String, String> wanted) {
        nodes.forEach(node -> node.awaitShown(wanted));
    }

    @Test
    void presence_onOneNode_isShownOnAllWithEachChange() throws Exception {
        List<Node> nodes = List.of(start("a"), start("b"), start("c"));
        nodes.get(0).put("ada", "reading");
        nodes.get(1).put("bob", "online");
        awaitAll(nodes, Map.of("ada", "reading", "bob", "online"));

        nodes.get(0).put("ada", "typing");
        nodes.get(1).store.delete("bob");
        awaitAll(nodes, Map.of("ada", "typing"));
        assertThat(nodes).allSatisfy(node -> assertThat(node.causes("bob")).containsExactly(Cause.DELETED));
    }

    @Test
    void node_thatJoinsLater_receivesAllThatIsThere() throws Exception {
        Node a = start("a");
        for (int i = 0; i < 5000; i++) {
            a.put("p" + i, "online");
        }
        Node b = start("b");
        b.await("all must be shown", listener -> listener.present().size() == 5000);
        a.put("late", "online");
        b.await("the next change must be shown", listener -> listener.present().size() == 5001);
    }

    @Test
    void presences_ofANodeThatCrashes_leaveOnceOnEachOther() throws Exception {
        List<Node> nodes = List.of(start("a"), start("b"));
        Node lost = start("c");
        lost.put("carl", "online");
        nodes.get(0).put("ada", "online");
        awaitAll(nodes, Map.of("ada", "online", "carl", "online"));

        crash(lost);

        awaitAll(nodes, Map.of("ada", "online"));
        assertThat(nodes).allSatisfy(node -> assertThat(node.causes("carl")).containsExactly(Cause.NODE_LOST));
    }

    @Test
    void presences_ofANodeThatCloses_endAsShutdown() throws Exception {
        Node a = start("a");
        Node b = start("b");
        b.put("bob", "online");
        a.awaitShown(Map.of("bob", "online"));
        close(b);
        a.awaitShown(Map.of());
        assertThat(a.causes("bob")).containsExactly(Cause.SHUTDOWN);
    }

    @Test
    void parts_thatMeetAgain_showTheSameAndNothingThatWasRemoved() throws Exception {
        List<Node> nodes = List.of(start("a"), start("b"), start("c"));
        Node a = nodes.get(0);
        Node c = nodes.get(2);
        a.put("ada", "online");
        a.put("abel", "online");
        c.put("carl", "online");
        c.put("cleo", "online");
        awaitAll(nodes, Map.of("ada", "online", "abel", "online", "carl", "online", "cleo", "online"));

        cluster().cut(c.transport);
        c.awaitShown(Map.of("carl", "online", "cleo", "online"));
        a.awaitShown(Map.of("ada", "online", "abel", "online"));
        a.put("ada", "typing");
        a.store.delete("abel");
        c.store.delete("carl");
        c.put("cleo", "away");
        c.put("cora", "online");
        cluster().heal();

        awaitAll(nodes, Map.of("ada", "typing", "cleo", "away", "cora", "online"));
    }

    @Test
    void node_thatReturnsWithinTheHold_causesNoEvent() throws Exception {
        Node a = start("a", options -> options.holdLost(Duration.ofMinutes(1)));
        Node b = start("b", options -> options.holdLost(Duration.ofMinutes(1)));
        b.put("bob", "online");
        a.awaitShown(Map.of("bob", "online"));

        cluster().cut(b.transport);
        a.awaitPeer(PeerState.HELD);
        cluster().heal();
        a.awaitPeer(PeerState.SYNCED);
        b.put("bert", "online");

        a.awaitShown(Map.of("bob", "online", "bert", "online"));
        assertThat(a.seen.lines().stream().filter(line -> line.contains("bob"))).hasSize(1);
    }

    @Test
    void node_thatRestartsUnderItsName_leavesNoGhost() throws Exception {
        Node a = start("a");
        Node b = start("b");
        b.put("old", "online");
        a.awaitShown(Map.of("old", "online"));

        crash(b);
        Node again = start("b");
        again.put("new", "online");

        a.awaitShown(Map.of("new", "online"));
        again.awaitShown(Map.of("new", "online"));
    }

    @Test
    void client_thatMovesWithinTheHandOver_isNotSeenToLeave() throws Exception {
        Node a = start("a");
        Node b = start("b", options -> options.handOver(Duration.ofMinutes(1)));
        Principal bob = Principal.user("bob").build();
        b.store.open(bob).upsert(PresenceUpsert.of("tab", "online"));
        a.awaitShown(Map.of("tab", "online"));

        close(b);
        a.store.open(bob).upsert(PresenceUpsert.of("tab", "back"));

        a.awaitShown(Map.of("tab", "back"));
        assertThat(a.causes("tab")).isEmpty();
    }

    /** The new process does not know what the former one has handed over. */
    @Test
    void node_thatRestartsWithinTheHandOver_isNotSeenToLeave() throws Exception {
        Node a = start("a");
        Node b = start("b", options -> options.handOver(Duration.ofMinutes(1)));
        b.put("bob", "online");
        b.put("bert", "online");
        a.awaitShown(Map.of("bob", "online", "bert", "online"));

        close(b);
        Node again = start("b");
        again.put("bob", "back");
        again.put("bert", "online");

        a.awaitShown(Map.of("bob", "back", "bert", "online"));
        assertThat(a.causes("bob")).isEmpty();
        assertThat(a.causes("bert")).isEmpty();

        again.store.delete("bob");
        a.awaitShown(Map.of("bert", "online"));
        assertThat(a.causes("bob")).containsExactly(Cause.DELETED);
    }
}
