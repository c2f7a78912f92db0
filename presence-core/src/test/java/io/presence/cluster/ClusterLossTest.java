package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.fixture.Promise;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node is lost, held, paused or restarted. */
class ClusterLossTest {

    private static final int MANY = 10_000;

    private TestCluster cluster = new TestCluster();
    private TestNode a;
    private TestNode b;
    private TestNode c;

    @BeforeEach
    void start() {
        startAll(Duration.ZERO);
    }

    private void startAll(Duration hold) {
        cluster.close();
        cluster = TestCluster.of(3, options -> options.holdLost(hold));
        a = cluster.node(0);
        b = cluster.node(1);
        c = cluster.node(2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void writeAtA(int count) {
        for (int i = 0; i < count; i++) {
            a.store.upsert(PresenceUpsert.of("p" + i, "u" + i, "online"));
        }
        cluster.run(500);
    }

    private static long exits(TestNode node, String cause) {
        return node.events.events().stream()
                .filter(event -> cause.equals(String.valueOf(event.cause())))
                .count();
    }

    /* T1 */
    @Test
    void crash_ofTheOwnerOfMany_endsEachOnce() {
        a.transport.maxFrameBytes = 1_000;
        writeAtA(MANY);
        assertThat(b.store.stats().presences()).isEqualTo(MANY);
        cluster.crash(a);
        cluster.run(1_500);

        for (TestNode node : cluster.nodes) {
            assertThat(node.store.stats().presences()).as(node.name).isZero();
            assertThat(exits(node, "NODE_LOST")).as(node.name).isEqualTo(MANY);
            assertThat(node.events.events()).as(node.name).hasSize(2 * MANY);
            assertThat(node.store.statusCounts()).as(node.name).isEmpty();
            assertThat(node.status().peers()).as(node.name).hasSize(1);
        }
    }

    @Test
    @Promise("cluster-loss")
    void heldNode_thatReturnsInTime_causesNoEvent() {
        startAll(Duration.ofSeconds(5));
        writeAtA(10);
        cluster.cut(a, b);
        cluster.cut(a, c);
        cluster.run(3_000);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.HELD);
        assertThat(b.store.stats().presences()).isEqualTo(10);
        a.store.delete("p0");
        a.store.update("p1", PresencePatch.none().status("busy"));
        cluster.network.heal();
        cluster.run(3_000);

        cluster.assertAgreement();
        assertThat(b.eventsOf("p2")).containsExactly("ENTER");
        assertThat(b.eventsOf("p1")).containsExactly("ENTER", "UPDATE");
        assertThat(b.eventsOf("p0")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(b.peer(a).state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void heldNode_thatDoesNotReturn_isLostAfterTheHold() {
        startAll(Duration.ofSeconds(5));
        writeAtA(10);
        cluster.crash(a);
        cluster.run(4_500);
        assertThat(b.store.stats().presences()).isEqualTo(10);
        assertThat(b.events.events()).hasSize(10);
        cluster.run(3_000);

        assertThat(b.store.stats().presences()).isZero();
        assertThat(exits(b, "NODE_LOST")).isEqualTo(10);
        assertThat(exits(c, "NODE_LOST")).isEqualTo(10);
    }

    @Test
    void presence_ofAHeldNode_canBeTakenOver() {
        startAll(Duration.ofSeconds(5));
        writeAtA(2);
        cluster.crash(a);
        cluster.run(2_000);
        b.open("u0").upsert(PresenceUpsert.of("p0", "online"));
        cluster.run(8_000);

        assertThat(b.eventsOf("p0")).containsExactly("ENTER");
        assertThat(c.eventsOf("p0")).containsExactly("ENTER");
        assertThat(c.eventsOf("p1")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    /* The engine reports the member, but its dispatcher does nothing. */
    @Test
    void wedgedDispatcher_ofAMember_losesItsLease() {
        writeAtA(10);
        cluster.pause(a, 60_000);
        cluster.run(1_500);
        assertThat(b.store.stats().presences()).isEqualTo(10);
        cluster.run(1_500);

        assertThat(b.store.stats().presences()).isZero();
        assertThat(exits(b, "NODE_LOST")).isEqualTo(10);
        assertThat(exits(c, "NODE_LOST")).isEqualTo(10);
    }

    /* T4 */
    @Test
    @Promise("cluster-pause")
    void pausedNode_onceItResumes_evictsNobodyAndIsBack() {
        writeAtA(2);
        a.store.upsert(PresenceUpsert.of("short", "u", "online").expiresIn(Duration.ofSeconds(5)));
        b.store.upsert(PresenceUpsert.of("q", "v", "online"));
        c.store.upsert(PresenceUpsert.of("r", "w", "online"));
        cluster.run(200);
        cluster.pause(a, 12_000);
        cluster.run(11_900);
        assertThat(b.store.stats().presences()).isEqualTo(2);
        cluster.run(5_000);

        cluster.assertAgreement();
        assertThat(a.eventsOf("q")).containsExactly("ENTER");
        assertThat(a.eventsOf("r")).containsExactly("ENTER");
        assertThat(a.eventsOf("p0")).containsExactly("ENTER");
        assertThat(a.eventsOf("short")).containsExactly("ENTER", "EXIT EXPIRED");
        assertThat(b.eventsOf("p0")).containsExactly("ENTER", "EXIT NODE_LOST", "ENTER");
        assertThat(b.store.get("short")).isNull();
        assertThat(b.store.stats().presences()).isEqualTo(4);
    }

    /* Fails if Replication.tick does not guard the others: what they sent during the pause is not there. */
    @Test
    void pausedNode_withoutItsWaitingFrames_evictsNobody() {
        b.store.upsert(PresenceUpsert.of("q", "v", "online"));
        cluster.run(200);
        a.transport.receiveOnly((member, frame) -> false);
        cluster.pause(a, 12_000);
        cluster.run(11_980);
        a.transport.receiveOnly((member, frame) -> true);
        cluster.run(3_000);

        assertThat(a.eventsOf("q")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    /* A node that was really lost during the pause does leave. */
    @Test
    void nodeLost_duringThePauseOfAnother_leavesAfterwards() {
        b.store.upsert(PresenceUpsert.of("q", "v", "online"));
        cluster.run(200);
        cluster.pause(a, 12_000);
        cluster.run(3_000);
        cluster.crash(b);
        cluster.run(9_100);
        cluster.run(4_000);

        assertThat(a.eventsOf("q")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    @Test
    void bothOtherNodes_paused_leaveLocalServiceAlone() {
        writeAtA(1);
        cluster.pause(b, 12_000);
        cluster.pause(c, 12_000);
        cluster.run(6_000);
        PresenceSession session = a.open("v");
        session.upsert(PresenceUpsert.of("q", "online"));
        cluster.run(20);
        assertThat(a.eventsOf("q")).containsExactly("ENTER");
        cluster.run(10_000);

        cluster.assertAgreement();
        assertThat(List.of(b, c)).allMatch(node -> node.eventsOf("q").equals(List.of("ENTER")));
        assertThat(List.of(b, c)).allMatch(node -> node.eventsOf("p0").equals(List.of("ENTER")));
    }
}
