package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links are cut, nodes leave and nodes start again. */
class ClusterPartitionTest {

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

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

    @AfterEach
    void close() {
        cluster.close();
    }

    /* T2 */
    @Test
    void partition_withWritesOnBothSides_heals() {
        cluster.cut(a, c);
        cluster.cut(b, c);
        cluster.run(3_000);
        assertThat(c.store.stats().presences()).isEqualTo(10);
        assertThat(a.store.stats().presences()).isEqualTo(20);
        a.store.delete("a0");
        c.store.delete("c0");
        c.store.upsert(PresenceUpsert.of("c-new", "u", "online"));
        b.store.update("b0", PresencePatch.none().status("busy"));
        cluster.run(3_000);
        cluster.network.heal();
        cluster.run(5_000);

        cluster.assertAgreement();
        assertThat(c.store.get("a0")).isNull();
        assertThat(a.store.get("c0")).isNull();
        assertThat(a.eventsOf("c1")).containsExactly("ENTER", "EXIT NODE_LOST", "ENTER");
        assertThat(c.eventsOf("a0")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(c.eventsOf("b0")).containsExactly("ENTER", "EXIT NODE_LOST", "ENTER");
        assertThat(a.eventsOf("b0")).containsExactly("ENTER", "UPDATE");
    }

    /* A node that did not change while it was evicted returns with the same revision. */
    @Test
    void partition_withoutWrites_heals() {
        cluster.cut(a, c);
        cluster.cut(b, c);
        cluster.run(5_000);
        assertThat(a.store.get("c0")).isNull();
        cluster.network.heal();
        cluster.run(5_000);

        cluster.assertAgreement();
        assertThat(a.eventsOf("c0")).containsExactly("ENTER", "EXIT NODE_LOST", "ENTER");
    }

    /* T3 */
    @Test
    void cut_thatIsNotTransitive_showsOnlyWhatIsReachable() {
        cluster.cut(a, b);
        for (int i = 0; i < 30; i++) {
            cluster.run(1_000);
            a.store.update("a0", PresencePatch.none().status("s" + i));
            a.store.upsert(PresenceUpsert.of("a-new" + i, "u", "online"));
            a.store.delete("a-new" + (i - 1));
            cluster.run(100);
            Presence there = c.store.get("a0");
            assertThat(there).isNotNull();
            assertThat(there.status()).isEqualTo("s" + i);
            assertThat(c.store.get("a-new" + (i - 1))).isNull();
            assertThat(i < 3 || b.store.get("a0") == null).isTrue();
        }
        cluster.network.heal();
        cluster.run(6_000);
        cluster.assertAgreement();
        assertThat(c.eventsOf("b0")).containsExactly("ENTER");
    }

    @Test
    void cut_inOneDirection_heals() {
        cluster.network.cut("a", "b");
        cluster.run(10_000);
        a.store.upsert(PresenceUpsert.of("a-new", "u", "online"));
        b.store.upsert(PresenceUpsert.of("b-new", "u", "online"));
        cluster.run(1_000);
        cluster.network.heal();
        cluster.run(5_000);
        cluster.assertAgreement();
    }

    /* T14 */
    @Test
    void engine_thatReportsNobody_leavesLocalServiceAlone() {
        a.transport.hidden = Set.of("b", "c");
        a.transport.report();
        cluster.run(3_000);
        assertThat(a.store.stats().presences()).isEqualTo(10);
        a.store.upsert(PresenceUpsert.of("a-new", "u", "online").expiresIn(Duration.ofSeconds(2)));
        a.store.delete("a0");
        cluster.run(20);
        assertThat(a.eventsOf("a-new")).containsExactly("ENTER");
        cluster.run(3_000);
        assertThat(a.eventsOf("a-new")).containsExactly("ENTER", "EXIT EXPIRED");
        assertThat(a.status().peers()).isEmpty();
        a.transport.hidden = Set.of();
        a.transport.report();
        cluster.run(3_000);
        cluster.assertAgreement();
    }

    @Test
    void close_withoutHandOver_endsAtOnce() {
        cluster.leave(a);
        cluster.run(100);
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "EXIT SHUTDOWN");
        assertThat(c.eventsOf("a9")).containsExactly("ENTER", "EXIT SHUTDOWN");
        cluster.run(5_000);
        cluster.assertAgreement();
        assertThat(b.eventsOf("a0")).hasSize(2);
    }

    @Test
    void close_withHandOver_waitsForTheReturnOfClients() {
        TestNode d = cluster.start("d", options -> options.handOver(Duration.ofSeconds(5)), builder -> builder);
        cluster.run(2_500);
        d.open("u").upsert(PresenceUpsert.of("d0", "online"));
        d.open("v").upsert(PresenceUpsert.of("d1", "online"));
        cluster.run(200);
        cluster.leave(d);
        cluster.run(3_000);
        b.open("u").upsert(PresenceUpsert.of("d0", "online"));
        cluster.run(1_000);
        assertThat(c.eventsOf("d1")).containsExactly("ENTER");
        cluster.run(4_000);

        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("d0")).as(node.name).containsExactly("ENTER");
            assertThat(node.eventsOf("d1")).as(node.name).containsExactly("ENTER", "EXIT SHUTDOWN");
        }
        cluster.assertAgreement();
    }

    /* Its farewell and its absence are then read in one go. */
    @Test
    void close_withHandOver_isNoLossForANodeThatWasPaused() {
        cluster.network.setMaxDetection(1);
        TestNode d = cluster.start("d", options -> options.handOver(Duration.ofSeconds(30)), builder -> builder);
        cluster.run(2_500);
        d.open("u").upsert(PresenceUpsert.of("d0", "online"));
        cluster.run(200);
        cluster.pause(b, 500);
        cluster.leave(d);
        cluster.run(1_000);

        assertThat(b.eventsOf("d0")).containsExactly("ENTER");
        assertThat(c.eventsOf("d0")).containsExactly("ENTER");
        b.open("u").upsert(PresenceUpsert.of("d0", "online"));
        cluster.run(1_000);
        cluster.assertAgreement();
    }

    /* T6 */
    @Test
    void restart_underTheSameNameWithinASecond_leavesNoGhost() {
        cluster.crash(a);
        cluster.run(100);
        TestNode again = cluster.start("a");
        again.store.upsert(PresenceUpsert.of("a0", "u0", "online"));
        again.store.upsert(PresenceUpsert.of("again", "u", "online"));
        cluster.run(4_000);

        cluster.assertAgreement();
        assertThat(b.store.get("a0")).isNotNull();
        assertThat(b.store.get("a1")).isNull();
        assertThat(b.eventsOf("a1")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(b.status().peers()).hasSize(2);
    }

    /* T5 */
    @Test
    void rollingRestart_withHandOver_isAnUpdateAtMost() {
        cluster.start("d", options -> options.handOver(Duration.ofSeconds(5)), builder -> builder);
        cluster.run(2_500);
        TestNode home = cluster.node(3);
        home.open("u").upsert(PresenceUpsert.of("client", "online"));
        cluster.run(200);
        for (int i = 0; i < 6; i++) {
            cluster.leave(home);
            cluster.run(1_000);
            home = cluster.start("d" + i, options -> options.handOver(Duration.ofSeconds(5)), builder -> builder);
            cluster.run(2_500);
            home.open("u").upsert(PresenceUpsert.of("client", "online"));
            cluster.run(500);
        }
        /* The new node has not seen the presence, so it creates another one. */
        assertThat(b.eventsOf("client")).startsWith("ENTER").hasSize(7);
        assertThat(b.eventsOf("client").subList(1, 7)).containsOnly("UPDATE");
        long pulls = b.status().pulls();
        cluster.run(10_000);
        assertThat(b.status().pulls()).isEqualTo(pulls);
        cluster.assertAgreement();
    }

    /* With the order of epochs alone, a new node with a lower one is hidden until the hand-over is over. */
    @Test
    void write_ofANewNodeWithinTheHandOver_isShownAtOnceAndEndsAtOnce() {
        TestNode home = null;
        for (int i = 0; i < 8; i++) {
            if (home != null) {
                cluster.leave(home);
            }
            home = cluster.start("d" + i, options -> options.handOver(Duration.ofHours(1)), builder -> builder);
            home.open("u").upsert(PresenceUpsert.of("client", "at " + i));
            cluster.run(2_500);
            assertThat(b.store.get("client").status()).isEqualTo("at " + i);
            assertThat(c.store.get("client").status()).isEqualTo("at " + i);
        }
        home.store.delete("client");
        cluster.run(500);
        assertThat(b.eventsOf("client"))
                .startsWith("ENTER")
                .endsWith("EXIT DELETED")
                .hasSize(9);
        assertThat(b.eventsOf("client").subList(1, 8)).containsOnly("UPDATE");
        cluster.assertAgreement();
    }
}
