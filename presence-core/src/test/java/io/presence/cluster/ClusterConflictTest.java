package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.session.PresenceSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One id for different users: the earlier creation stays, the other one ends as REPLACED. */
class ClusterConflictTest {

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    /* The nodes have seen each other's epochs, so they differ by one step at most. */
    @BeforeEach
    void write() {
        cluster.nodes.forEach(node -> node.store.upsert(PresenceUpsert.of(node.name, "x", "online")));
        cluster.run(200);
    }

    /* Makes the next epoch of a node greater than those of the others: a step is at most 1,023. */
    private static void age(TestNode node) {
        for (int i = 0; i < 2_000; i++) {
            node.store.upsert(PresenceUpsert.of("aging", "x", "online"));
            node.store.delete("aging");
        }
        node.rest();
    }

    @Test
    void upsert_ofAnotherUsersPresence_isRefused() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(100);

        assertThatThrownBy(() -> b.store.upsert(PresenceUpsert.of("p", "v", "busy")))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.ID_UNAVAILABLE));
        assertThatThrownBy(() -> b.open("v").upsert(PresenceUpsert.of("p", "busy")))
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(Code.ID_UNAVAILABLE));
        cluster.run(500);
        assertThat(a.status().ownPresences()).isEqualTo(2);
        assertThat(c.eventsOf("p")).containsExactly("ENTER");
    }

    @Test
    void creations_ofTwoUsersInAPartition_keepTheEarlier() {
        age(b);
        cluster.cut(a, b);
        cluster.cut(c, b);
        cluster.run(3_000);
        PresenceSession session = b.open("v");
        session.upsert(PresenceUpsert.of("p", "busy"));
        cluster.run(200);
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(200);
        cluster.network.heal();
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(b.store.get("p").userId()).isEqualTo("u");
        assertThat(a.eventsOf("p")).containsExactly("ENTER");
        assertThat(c.eventsOf("p")).containsExactly("ENTER");
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT REPLACED", "ENTER");
        assertThat(b.status().replaced()).isEqualTo(1);
        assertThat(session.touch()).isZero();
        assertThatThrownBy(() -> session.upsert(PresenceUpsert.of("p", "busy"))).isInstanceOf(PresenceException.class);
    }

    @Test
    void creations_ofTwoUsersAtOnce_showOneUserPerEventChain() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        b.store.upsert(PresenceUpsert.of("p", "v", "busy"));
        cluster.run(3_000);

        cluster.assertAgreement();
        String winner = c.store.get("p").userId();
        for (TestNode node : cluster.nodes) {
            assertThat(node.store.get("p").userId()).as(node.name).isEqualTo(winner);
            assertThat(node.events.events())
                    .as(node.name)
                    .allMatch(event -> event.previous() == null
                            || event.previous().userId().equals(event.presence().userId()));
        }
    }

    @Test
    @Promise("cluster-conflict")
    void laterEpoch_ofAnotherUser_neverTakesTheId() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(100);
        cluster.cut(a, b);
        cluster.cut(c, b);
        cluster.run(4_000);
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT NODE_LOST");
        age(b);
        b.store.upsert(PresenceUpsert.of("p", "v", "busy"));
        for (int i = 0; i < 50; i++) {
            b.store.update("p", PresencePatch.none().status("s" + i));
            b.rest();
        }
        cluster.network.heal();
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(b.store.get("p").userId()).isEqualTo("u");
        assertThat(a.eventsOf("p")).containsExactly("ENTER");
        assertThat(c.eventsOf("p")).containsExactly("ENTER");
        assertThat(b.eventsOf("p")).endsWith("EXIT REPLACED", "ENTER");
    }

    @Test
    void sameUser_inAPartition_keepsOneWithoutAnEnd() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(100);
        cluster.cut(a, b);
        cluster.cut(c, b);
        cluster.run(4_000);
        b.store.upsert(PresenceUpsert.of("p", "u", "busy"));
        a.store.update("p", PresencePatch.none().status("away"));
        cluster.run(200);
        cluster.network.heal();
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(a.eventsOf("p")).startsWith("ENTER", "UPDATE").noneMatch(event -> event.startsWith("EXIT"));
        assertThat(c.eventsOf("p")).startsWith("ENTER", "UPDATE").noneMatch(event -> event.startsWith("EXIT"));
        assertThat(b.eventsOf("p"))
                .startsWith("ENTER", "EXIT NODE_LOST", "ENTER")
                .noneMatch("EXIT REPLACED"::equals);
    }
}
