package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A delete on a node that does not own the presence ends it everywhere. */
class ClusterDeleteTest {

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    private void createAtA() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(100);
    }

    private void assertDeletedOnce() {
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "EXIT DELETED");
        }
        cluster.assertAgreement();
    }

    @Test
    void delete_onAnotherNode_endsItEverywhere() {
        createAtA();
        assertThat(b.store.delete("p")).isTrue();
        assertThat(b.store.get("p")).isNull();
        cluster.run(500);
        assertDeletedOnce();
        cluster.run(3_000);
        assertDeletedOnce();
    }

    @Test
    void delete_byItsUser_endsItEverywhere() {
        createAtA();
        assertThat(b.store.as(Principal.user("u").build()).delete("p")).isTrue();
        cluster.run(500);
        assertDeletedOnce();
    }

    @Test
    @Promise("cluster-delete")
    void delete_whoseFirstRequestIsLost_isRepeated() {
        createAtA();
        AtomicInteger deltas = new AtomicInteger();
        b.transport.sendOnly(
                frame -> ProbeTransport.kind(frame) != ProbeTransport.DELTA || deltas.incrementAndGet() > 1);
        b.store.delete("p");
        cluster.run(100);
        assertThat(b.store.get("p")).isNull();
        assertThat(a.store.get("p")).isNotNull();
        cluster.run(2_000);

        assertThat(deltas.get()).isGreaterThan(1);
        assertDeletedOnce();
    }

    @Test
    void delete_inAPartition_isDoneAfterTheHeal() {
        createAtA();
        cluster.cut(a, b);
        b.store.delete("p");
        cluster.run(500);
        assertThat(b.store.get("p")).isNull();
        cluster.network.heal();
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(a.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
    }

    @Test
    void delete_thenUpsertByAnotherUser_isANewPresence() {
        createAtA();
        b.store.delete("p");
        b.store.upsert(PresenceUpsert.of("p", "v", "busy"));
        cluster.run(3_000);

        cluster.assertAgreement();
        assertThat(a.store.get("p").userId()).isEqualTo("v");
        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "EXIT DELETED", "ENTER");
        }
    }

    @Test
    void delete_thenUpsertBySameUser_isANewPresence() {
        createAtA();
        b.store.delete("p");
        b.rest();
        b.store.upsert(PresenceUpsert.of("p", "u", "busy"));
        cluster.run(3_000);

        cluster.assertAgreement();
        assertThat(a.store.get("p").status()).isEqualTo("busy");
        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED", "ENTER");
        assertThat(c.eventsOf("p")).startsWith("ENTER").doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void delete_atTheOwnerAndTakeoverElsewhere_agree() {
        createAtA();
        a.store.delete("p");
        b.store.touch("p");
        cluster.run(3_000);
        cluster.assertAgreement();
    }

    @Test
    void delete_onTwoNodesAtOnce_isOneEnd() {
        createAtA();
        b.store.delete("p");
        c.store.delete("p");
        cluster.run(2_000);
        assertDeletedOnce();
    }

    @Test
    void delete_thenLossOfTheOwner_isOneEnd() {
        createAtA();
        b.transport.sendOnly(frame -> ProbeTransport.kind(frame) != ProbeTransport.DELTA);
        b.store.delete("p");
        cluster.run(100);
        cluster.crash(a);
        cluster.run(5_000);
        b.transport.sendOnly(frame -> true);
        cluster.run(2_000);

        assertThat(b.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(c.eventsOf("p")).hasSize(2).startsWith("ENTER");
        cluster.assertAgreement();
    }
}
