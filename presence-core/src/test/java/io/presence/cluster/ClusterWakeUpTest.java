package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dispatcher that sleeps as long as the store says wakes up in time for all that is due, and not more often. */
class ClusterWakeUpTest {

    private static final int DIGEST_MILLIS = 400;
    private static final int MANY = 2_000;

    private final TestCluster cluster = TestCluster.of(3, options -> options.handOver(Duration.ofSeconds(1)));
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @BeforeEach
    void sleep() {
        cluster.nodes.forEach(node -> node.isEventDriven = true);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void write(TestNode node, int count) {
        for (int i = 0; i < count; i++) {
            node.store.upsert(PresenceUpsert.of(node.name + i, "u" + i, "online"));
        }
        cluster.run(200);
    }

    @Test
    void dispatcher_withoutChanges_wakesUpForDigestsOnly() {
        write(a, 10);
        cluster.run(2_000);
        int before = b.wakeUps;
        int millis = 20_000;
        cluster.run(millis);

        /* One for its own digest and for those of the two others; some fall into one quantum. */
        assertThat(b.wakeUps - before).isBetween(millis / DIGEST_MILLIS - 1, 3 * millis / DIGEST_MILLIS + 3);
        cluster.assertAgreement();
    }

    @Test
    void lease_ofAWedgedMember_endsInTime() {
        write(a, 10);
        cluster.run(1_000);
        cluster.pause(a, 60_000);
        cluster.run(TestCluster.LEASE.toMillis() + DIGEST_MILLIS);
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(c.eventsOf("a9")).containsExactly("ENTER", "EXIT NODE_LOST");
    }

    @Test
    void handOver_ofAClosedNode_endsInTime() {
        write(a, 10);
        cluster.leave(a);
        cluster.run(900);
        assertThat(b.eventsOf("a0")).containsExactly("ENTER");
        cluster.run(200);
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT SHUTDOWN");
    }

    @Test
    void crash_ofTheOwnerOfMany_endsAllAtOnce() {
        write(a, MANY);
        cluster.crash(a);
        cluster.run(1_400);
        assertThat(b.store.stats().presences()).isZero();
        assertThat(c.store.stats().presences()).isZero();
    }

    @Test
    void joiner_amongSleepers_getsAllWithin2500Millis() {
        write(a, MANY);
        TestNode joiner = cluster.start("d");
        joiner.isEventDriven = true;
        cluster.run(2_500);
        assertThat(joiner.store.stats().presences()).isEqualTo(MANY);
        cluster.assertAgreement();
    }

    @Test
    void delta_thatIsLost_isPulledInTime() {
        write(a, 3);
        b.transport.receiveOnly((member, frame) -> ProbeTransport.kind(frame) != ProbeTransport.DELTA);
        a.store.update("a0", PresencePatch.none().status("busy"));
        cluster.run(100);
        b.transport.receiveOnly((member, frame) -> ProbeTransport.kind(frame) != ProbeTransport.PULL);
        cluster.run(DIGEST_MILLIS + 200);
        assertThat(b.store.get("a0").status()).isEqualTo("busy");
    }

    @Test
    void presence_handedOverToALostNode_endsInTime() {
        write(a, 1);
        c.transport.receiveOnly((member, frame) -> !member.equals("b"));
        b.store.touch("a0");
        cluster.run(200);
        assertThat(a.status().ownPresences()).isZero();
        cluster.crash(b);
        cluster.run(1_500);
        assertThat(a.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.run(TestCluster.LEASE.toMillis());
        assertThat(c.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        cluster.assertAgreement();
    }

    @Test
    void expiryAndRung_atTheOwner_areInTime() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online")
                .idle(Duration.ofSeconds(1), "away")
                .expiresIn(Duration.ofSeconds(3)));
        cluster.run(1_100);
        assertThat(b.store.get("p").status()).isEqualTo("away");
        cluster.run(2_000);
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE", "EXIT EXPIRED");
        assertThat(a.store.stats().presences()).isZero();
    }

    @Test
    void takeover_ofAReplica_runsItsTtlHere() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online").expiresIn(Duration.ofSeconds(3)));
        cluster.run(2_000);
        b.store.touch("p");
        cluster.run(2_900);
        assertThat(a.eventsOf("p")).containsExactly("ENTER");
        cluster.run(300);
        assertThat(a.eventsOf("p")).containsExactly("ENTER", "EXIT EXPIRED");
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT EXPIRED");
    }
}
