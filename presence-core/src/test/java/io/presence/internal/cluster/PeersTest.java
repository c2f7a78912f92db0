package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Cause;
import io.presence.cluster.ClusterStatus;
import io.presence.cluster.ClusterStatus.PeerState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other nodes that come, speak for a member, fall silent, and leave. The lease is two seconds. */
class PeersTest {

    private static final NodeId OTHER = new NodeId(7, 7);
    private static final NodeId NEXT = new NodeId(8, 8);
    private static final long NUMBER = 1L << 40;
    private static final int LEASE_MILLIS = 2_000;
    private static final int TWO_DIGESTS = 800;
    private static final int STEP = 20;

    private WiredStore node = new WiredStore();

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void write() {
        node.members("b", "c");
        node.receive("b", OTHER, 0, put(OTHER, "p"));
    }

    private static Put put(NodeId origin, String id) {
        return WiredStore.put(origin, id, "ada", "online", NUMBER);
    }

    private void holdLost(int seconds) {
        node.close();
        node = new WiredStore(options -> options.holdLost(Duration.ofSeconds(seconds)));
        write();
    }

    private ClusterStatus.Peer peer() {
        assertThat(node.status().peers()).hasSize(1);
        return node.status().peers().get(0);
    }

    private void digest(String member) {
        node.receive(member, new Frame.Digest(0, OTHER, 1, 1, Ownership.hash("p", 1)));
    }

    private void assertHere() {
        assertThat(node.eventsOf("p")).containsExactly("ENTER");
    }

    private void assertLost() {
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(node.status().peers()).isEmpty();
    }

    @Test
    void frame_ofAMemberThatTheEngineHasNotReported_isIgnored() {
        node.receive("x", NEXT, 0, put(NEXT, "q"));

        assertThat(node.store.get("q")).isNull();
        assertThat(node.status().framesRejected()).isZero();
        assertThat(node.status().peers()).hasSize(1);
    }

    @Test
    void node_thatIsSilentForItsLease_isLostRightAfterIt() {
        node.run(LEASE_MILLIS);
        assertHere();
        node.run(STEP);
        assertLost();
    }

    @Test
    void digest_withinTheLease_prolongsIt() {
        node.run(LEASE_MILLIS);
        digest("b");
        node.run(LEASE_MILLIS);
        assertHere();
        assertThat(peer().sinceHeard()).isEqualTo(Duration.ofMillis(LEASE_MILLIS));
        node.run(STEP);
        assertLost();
    }

    @Test
    void member_thatTheEngineNoLongerReports_isLostAtOnce() {
        node.members("c");
        assertLost();
    }

    @Test
    void heldNode_atTheEndOfTheHold_isLost() {
        holdLost(1);
        node.members("c");
        assertHere();
        assertThat(peer().state()).isEqualTo(PeerState.HELD);
        node.run(980);
        assertHere();
        node.run(STEP);
        assertLost();
    }

    @Test
    void heldNode_thatIsHeardAgain_isHeldNoLonger() {
        holdLost(1);
        node.members("c");
        node.run(500);
        node.members("b", "c");
        digest("b");

        assertThat(peer().state()).isEqualTo(PeerState.SYNCED);
        node.run(1_500);
        assertHere();
    }

    @Test
    void farewell_withATime_keepsThePresencesForIt() {
        node.receive("b", new Frame.Bye(0, OTHER, 1, 1_000));
        assertThat(peer().state()).isEqualTo(PeerState.HELD);
        node.run(500);
        digest("b");
        node.run(480);
        assertHere();
        node.run(STEP);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT SHUTDOWN");
    }

    @Test
    void farewell_withoutATime_endsThePresencesAtOnce() {
        node.receive("b", new Frame.Bye(0, OTHER, 1, 0));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT SHUTDOWN");
        assertThat(node.status().peers()).isEmpty();
    }

    /* A late frame of a former node of the member must not displace the present one. */
    @Test
    void anotherNode_ofAMemberThatSpeaks_isRejected() {
        node.run(TWO_DIGESTS);
        node.receive("b", NEXT, 0, put(NEXT, "q"));

        assertThat(node.status().framesRejected()).isEqualTo(1);
        assertThat(node.store.get("q")).isNull();
        assertHere();
    }

    @Test
    void anotherNode_ofAMemberThatIsSilent_takesItsPlace() {
        node.run(TWO_DIGESTS + STEP);
        node.receive("b", NEXT, 0, put(NEXT, "q"));

        assertThat(node.store.get("q")).isNotNull();
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(peer().node()).isEqualTo(NEXT.toString());
        node.receive("b", OTHER, 1, put(OTHER, "late"));
        assertThat(node.status().framesRejected()).as("of the former one").isEqualTo(1);
        assertThat(node.store.get("late")).isNull();
    }

    @Test
    void anotherNode_ofAMemberWhoseNodeHasLeft_needNotWait() {
        node.receive("b", new Frame.Bye(0, OTHER, 1, 5_000));
        node.receive("b", NEXT, 0, put(NEXT, "q"));

        assertThat(node.store.get("q")).isNotNull();
        assertHere();
        assertThat(node.status().framesRejected()).isZero();
    }

    @Test
    void node_underTheNameOfAnotherMember_isRejected() {
        digest("c");

        assertThat(node.status().framesRejected()).isEqualTo(1);
        assertThat(peer().member()).isEqualTo("b");
    }

    /* An engine can give a member another name when it reconnects. */
    @Test
    void node_whoseMemberHasAnotherNameNow_isStillThatNode() {
        holdLost(5);
        node.members("c");
        digest("c");

        assertThat(peer().member()).isEqualTo("c");
        assertThat(peer().state()).isEqualTo(PeerState.SYNCED);
        node.run(LEASE_MILLIS);
        assertHere();
        node.members("b", "c");
        node.receive("b", NEXT, 0, put(NEXT, "q"));
        assertThat(node.status().peers()).as("its former name is free").hasSize(2);
        assertHere();
    }

    @Test
    void evictedNode_withItsFormerFrames_doesNotReturn() {
        node.members("c");
        node.members("b", "c");
        node.receive("b", OTHER, 0, put(OTHER, "p"));

        assertThat(node.store.get("p")).isNull();
        node.receive("b", new Frame.Digest(0, OTHER, 0, 0, 0));
        node.receive("b", OTHER, 0, put(OTHER, "p"));
        assertThat(node.store.get("p")).as("at revision 0").isNull();
        node.run(60);
        node.answer("b", OTHER, 1, new Copy(1, put(OTHER, "p")));
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT NODE_LOST", "ENTER");
    }

    /* A digest and a half of the lease: 1,400 ms. */
    @Test
    void silence_whileThisNodeRan_isALossAfterAPauseThatIsShort() {
        node.run(1_000);
        node.skip(Duration.ofMillis(1_400));

        assertLost();
    }

    @Test
    void silence_whileThisNodeWasPaused_isNoLoss() {
        node.run(1_000);
        node.skip(Duration.ofMillis(1_401));
        assertHere();
        node.run(LEASE_MILLIS);
        assertHere();
        node.run(STEP);
        assertLost();
    }

    /* The report of an engine right after a pause can be of the time of the pause. */
    @Test
    void absence_reportedRightAfterAPause_isALossTwoDigestsLater() {
        node.skip(Duration.ofMillis(1_500));
        node.members("c");
        node.run(TWO_DIGESTS - STEP);
        assertHere();
        node.run(STEP);

        assertLost();
        assertThat(node.events.events())
                .filteredOn(event -> event.cause() == Cause.NODE_LOST)
                .hasSize(1);
    }
}
