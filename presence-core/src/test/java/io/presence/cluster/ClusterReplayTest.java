package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ProbeTransport.Passed;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that arrive once more, late, or from another member than their node. */
class ClusterReplayTest {

    private static final int ORIGIN = 4;
    private static final int ORIGIN_BYTES = 16;

    private TestCluster cluster = TestCluster.of(3);
    private TestNode a = cluster.node(0);
    private TestNode b = cluster.node(1);
    private TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    @BeforeEach
    void write() {
        for (TestNode node : cluster.nodes) {
            for (int i = 0; i < 10; i++) {
                node.store.upsert(PresenceUpsert.of(node.name + i, "u" + i, "online"));
            }
        }
        cluster.run(500);
        cluster.assertAgreement();
    }

    private List<byte[]> receivedFrom(TestNode sender) {
        return b.transport.received.stream()
                .filter(passed -> passed.member().equals(sender.name))
                .map(Passed::frame)
                .toList();
    }

    private void replay(String member, List<byte[]> frames) {
        frames.forEach(frame -> b.transport.inject(member, frame));
        cluster.run(200);
    }

    /* Fails if Peers.forget forgets the node. */
    @Test
    @Promise("cluster-replay")
    void replay_ofAWedgedNode_resurrectsNothing() {
        List<byte[]> frames = receivedFrom(a);
        cluster.pause(a, 60_000);
        cluster.run(4_000);
        assertThat(b.store.get("a0")).isNull();
        for (int i = 0; i < 4; i++) {
            replay("a", frames);
            assertThat(b.store.get("a0")).as("replay " + i).isNull();
            cluster.run(i * 1_500);
        }

        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(b.store.stats().presences()).isEqualTo(20);
    }

    /* Fails if a change of the node that has left counts as one of another node. */
    @Test
    void delta_ofANodeThatHasLeft_isAppliedOnce() {
        TestNode d = cluster.start("d", options -> options.handOver(Duration.ofSeconds(2)), builder -> builder);
        d.store.upsert(PresenceUpsert.of("d0", "ada", "online"));
        cluster.run(2_500);
        b.transport.receiveOnly((member, frame) -> !member.equals("d"));
        int sent = d.transport.sent.size();
        d.store.update("d0", PresencePatch.none().status("late"));
        d.rest();
        cluster.run(20);
        List<byte[]> late = List.copyOf(d.transport.sent.subList(sent, d.transport.sent.size()));
        b.transport.receiveOnly((member, frame) -> true);
        cluster.leave(d);
        cluster.run(40);
        assertThat(b.status().peers()).anyMatch(peer -> peer.state() == ClusterStatus.PeerState.HELD);
        late.forEach(frame -> b.transport.inject("d", frame));
        cluster.run(40);
        assertThat(b.store.get("d0").status()).isEqualTo("late");

        cluster.run(6_000);
        assertThat(b.status().peers()).hasSize(2).allMatch(peer -> peer.presences() == 10);
        cluster.assertAgreement();
    }

    @Test
    void replay_ofACrashedNode_resurrectsNothing() {
        List<byte[]> frames = receivedFrom(a);
        cluster.crash(a);
        cluster.run(4_000);
        replay("a", frames);
        cluster.run(3_000);
        replay("a", frames);

        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    @Test
    void replay_afterARestartUnderTheSameName_disturbsNobody() {
        List<byte[]> frames = receivedFrom(a);
        cluster.crash(a);
        cluster.run(2_000);
        TestNode again = cluster.start("a");
        again.store.upsert(PresenceUpsert.of("again", "u", "online"));
        cluster.run(3_000);
        for (int i = 0; i < 5; i++) {
            replay("a", frames);
            cluster.run(500);
        }

        assertThat(b.eventsOf("again")).containsExactly("ENTER");
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    @Test
    void replay_duringASnapshot_doesNotBringBackWhatHasEnded() {
        List<byte[]> frames = receivedFrom(a);
        a.store.delete("a0");
        a.store.update("a1", PresencePatch.none().status("busy"));
        cluster.run(200);
        replay("a", frames);
        replay("a", frames);
        cluster.run(2_000);

        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(b.eventsOf("a1")).containsExactly("ENTER", "UPDATE");
        cluster.assertAgreement();
    }

    /* Fails if Peers.heard does not ask isForeign. */
    @Test
    void relay_ofAReachableNode_isRejectedAndCounted() {
        c.transport.receiveOnly((member, frame) -> true);
        b.transport.receiveOnly((member, frame) -> !member.equals("a"));
        a.store.update("a0", PresencePatch.none().status("relayed"));
        cluster.run(100);
        List<byte[]> frames = receivedFrom(a);
        long before = b.status().framesRejected();
        replay("c", frames);

        assertThat(b.store.get("a0").status()).isEqualTo("online");
        assertThat(b.status().framesRejected()).isEqualTo(before + frames.size());
        b.transport.receiveOnly((member, frame) -> true);
        cluster.run(3_000);
        cluster.assertAgreement();
        assertThat(b.eventsOf("c0")).containsExactly("ENTER");
    }

    /* Of a node that is not in the view. Fails if Peers.heard does not ask isForeign. */
    @Test
    void relay_ofALostNode_isRejectedAndCounted() {
        List<byte[]> frames = receivedFrom(a);
        cluster.crash(a);
        cluster.run(4_000);
        long before = b.status().framesRejected();
        replay("c", frames);
        cluster.run(3_000);

        assertThat(b.status().framesRejected()).isEqualTo(before + frames.size());
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(b.eventsOf("c0")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    /* Fails if Peers.isForeign lets a member that is silent take over a node that is in the view. */
    @Test
    void relay_bySilentMember_isRejectedAndCounted() {
        List<byte[]> frames = receivedFrom(a);
        cluster.pause(c, 1_500);
        cluster.run(1_200);
        long before = b.status().framesRejected();
        replay("c", frames);
        assertThat(b.status().framesRejected()).isEqualTo(before + frames.size());
        a.store.update("a0", PresencePatch.none().status("busy"));
        cluster.run(200);

        assertThat(b.store.get("a0").status()).isEqualTo("busy");
        cluster.run(3_000);
        cluster.assertAgreement();
        assertThat(b.eventsOf("c0")).containsExactly("ENTER");
    }

    @Test
    void relay_ofAHeldNode_doesNotKeepItAlive() {
        cluster.close();
        cluster = TestCluster.of(3, options -> options.holdLost(Duration.ofSeconds(3)));
        a = cluster.node(0);
        b = cluster.node(1);
        c = cluster.node(2);
        write();
        List<byte[]> frames = receivedFrom(a);
        cluster.crash(a);
        for (int i = 0; i < 5; i++) {
            cluster.run(1_000);
            replay("c", frames);
        }
        cluster.run(1_000);

        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(b.eventsOf("c0")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    @Test
    void frames_ofAnUnknownNode_disturbNobody() {
        List<byte[]> frames = receivedFrom(a).stream().map(byte[]::clone).toList();
        frames.forEach(frame -> frame[ORIGIN + ORIGIN_BYTES - 1] ^= 1);
        long before = b.status().framesRejected();
        replay("c", frames);
        cluster.run(3_000);

        assertThat(b.status().framesRejected()).isEqualTo(before + frames.size());
        assertThat(b.eventsOf("c0")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    @Test
    void frames_ofTheReceiverItself_areIgnored() {
        List<byte[]> own = List.copyOf(b.transport.sent);
        b.store.delete("b0");
        cluster.run(200);
        replay("a", own);
        cluster.run(1_000);

        cluster.assertAgreement();
        assertThat(b.eventsOf("b0")).containsExactly("ENTER", "EXIT DELETED");
    }
}
