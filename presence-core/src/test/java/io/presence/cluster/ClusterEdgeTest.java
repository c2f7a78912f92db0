package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two things at once: an end and a takeover, a full queue, a copy that is partial, holders on two nodes. */
class ClusterEdgeTest {

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void takeover_atTheDeadlineOfTheOwner_leavesOnePresence() {
        for (int millis = 2_940; millis <= 3_060; millis += 20) {
            String id = "p" + millis;
            a.store.upsert(PresenceUpsert.of(id, "u", "online").expiresIn(Duration.ofSeconds(3)));
            cluster.run(millis);
            boolean isTouched = b.store.touch(id);
            cluster.run(1_500);
            assertThat(List.of(a, b, c)).as(id).allMatch(node -> (node.store.get(id) != null) == isTouched);
            cluster.assertAgreement();
        }
    }

    @Test
    void drain_ofANode_endsItsPresencesEverywhere() {
        PresenceSession session = a.open("u");
        session.upsert(PresenceUpsert.of("p", "online"));
        cluster.run(100);
        a.store.drain(Duration.ofSeconds(1));
        cluster.run(2_000);

        assertThat(session.isOpen()).isFalse();
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "EXIT SHUTDOWN");
        }
    }

    @Test
    void session_thatLostItsPresence_canTakeItBack() {
        PresenceSession first = a.open("u");
        PresenceSession second = b.open("u");
        for (int i = 0; i < 5; i++) {
            first.upsert(PresenceUpsert.of("p", "a" + i));
            cluster.run(200);
            assertThat(second.touch()).isZero();
            second.upsert(PresenceUpsert.of("p", "b" + i));
            cluster.run(200);
            assertThat(first.touch()).isZero();
        }
        first.close();
        cluster.run(500);
        cluster.assertAgreement();
        assertThat(c.eventsOf("p")).hasSize(10).noneMatch(event -> event.startsWith("EXIT"));
        second.close();
        cluster.run(500);
        assertThat(c.eventsOf("p")).endsWith("EXIT DISCONNECTED");
    }

    @Test
    void holders_ofASharedPresenceOnTwoNodes_keepItAtTheLastOne() {
        PresenceSession first = a.open("u");
        PresenceSession second = b.open("u");
        first.upsert(PresenceUpsert.of("p", "online").shared());
        cluster.run(200);
        second.upsert(PresenceUpsert.of("p", "online").shared());
        cluster.run(200);
        first.close();
        cluster.run(1_000);

        assertThat(c.eventsOf("p")).containsExactly("ENTER");
        cluster.assertAgreement();
    }

    @Test
    void queue_thatIsFull_dropsFramesAndRecovers() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(200);
        byte[] garbage = new byte[100_000];
        for (int i = 0; i < 1_000; i++) {
            b.transport.inject("a", garbage);
        }
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(2_000);

        assertThat(b.status().framesDropped()).isGreaterThan(100);
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        cluster.assertAgreement();
    }

    @Test
    void presence_leftOutOfAPartialCopy_agreesOnceThereIsRoom() {
        TestNode d = cluster.start("d", options -> options.maxReplicas(5), builder -> builder);
        cluster.run(2_500);
        for (int i = 0; i < 10; i++) {
            a.store.upsert(PresenceUpsert.of("p" + i, "u", "online"));
        }
        cluster.run(500);
        assertThat(d.peer(a).state()).isEqualTo(PeerState.PARTIAL);
        assertThat(d.store.get("p9")).isNull();
        d.store.upsert(PresenceUpsert.of("p9", "u", "busy"));
        cluster.run(2_000);
        for (int i = 0; i < 6; i++) {
            a.store.delete("p" + i);
        }
        cluster.run(4_000);

        cluster.assertAgreement();
        assertThat(d.store.get("p9").status()).isEqualTo("busy");
        assertThat(a.status().ownPresences()).isEqualTo(3);
    }

    /* The two writes can have one number. */
    @Test
    void writes_onTwoNodesAtOnce_areShownAndCounted() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online").idle(Duration.ofHours(1), "idle"));
        cluster.run(200);
        a.store.update("p", PresencePatch.none().status("busy"));
        b.store.update("p", PresencePatch.none().status("away"));
        cluster.run(2_000);

        cluster.assertAgreement();
        String status = c.store.get("p").status();
        assertThat(List.of(a, b, c)).allMatch(node -> node.store.statusCounts().equals(Map.of(status, 1L)));
    }
}
