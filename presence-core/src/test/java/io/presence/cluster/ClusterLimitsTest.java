package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.fixture.Promise;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of a store are of its own presences; those of other nodes have one of their own. */
class ClusterLimitsTest {

    private final TestCluster cluster = new TestCluster();
    private final TestNode a = cluster.start("a");

    @AfterEach
    void close() {
        cluster.close();
    }

    private TestNode startLimited(UnaryOperator<PresenceStoreBuilder> settings) {
        TestNode node = cluster.start("b", options -> options, settings);
        cluster.run(2_500);
        return node;
    }

    private static void write(TestNode node, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            node.store.upsert(PresenceUpsert.of(prefix + i, "u", "online"));
        }
    }

    private static void assertRefused(Code code, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        PresenceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @Promise("cluster-limits")
    void maxPresences_inACluster_countsOwnOnesOnly() {
        TestNode b = startLimited(builder -> builder.maxPresences(2));
        write(a, "p", 10);
        cluster.run(100);
        assertThat(b.store.stats().presences()).isEqualTo(10);
        write(b, "q", 2);
        assertRefused(Code.STORE_FULL, () -> write(b, "r", 1));
        cluster.run(100);
        assertThat(b.store.stats().presences()).isEqualTo(12);
        b.store.delete("q0");
        cluster.run(100);
        write(b, "r", 1);
        cluster.run(100);
        cluster.assertAgreement();
    }

    /* Fails if the presence is taken over before the patch is checked. */
    @Test
    void patch_thatIsRefused_leavesThePresenceToItsOwner() {
        TestNode b = startLimited(builder -> builder.maxTtl(Duration.ofHours(1)));
        PresenceSession session = a.open("u");
        session.upsert(PresenceUpsert.of("p0", "online").metadata(Map.of("room", "lobby")));
        cluster.run(100);

        assertThatThrownBy(() -> b.store.update("p0", PresencePatch.none().expiresIn(Duration.ofHours(2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.store.update("p0", PresencePatch.none().set("room.desk", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        cluster.run(500);
        assertThat(a.status().ownPresences()).isEqualTo(1);
        assertThat(session.touch()).isEqualTo(1);
        assertThat(b.eventsOf("p0")).containsExactly("ENTER");
    }

    @Test
    void takeover_atAFullStore_isRefusedAndChangesNothing() {
        TestNode b = startLimited(builder -> builder.maxPresences(2));
        PresenceSession session = a.open("u");
        session.upsert(PresenceUpsert.of("p0", "online"));
        write(b, "q", 2);
        cluster.run(100);

        assertRefused(Code.STORE_FULL, () -> b.store.touch("p0"));
        assertRefused(Code.STORE_FULL, () -> b.store.active("p0"));
        assertRefused(
                Code.STORE_FULL, () -> b.store.update("p0", PresencePatch.none().status("busy")));
        assertRefused(Code.STORE_FULL, () -> b.store.upsert(PresenceUpsert.of("p0", "u", "busy")));
        assertRefused(Code.STORE_FULL, () -> b.open("u").upsert(PresenceUpsert.of("p0", "busy")));
        cluster.run(500);
        assertThat(a.status().ownPresences()).isEqualTo(1);
        assertThat(session.touch()).isEqualTo(1);
        assertThat(b.store.get("p0").status()).isEqualTo("online");
        assertThat(b.eventsOf("p0")).containsExactly("ENTER");
        cluster.assertAgreement();
        assertThat(b.store.delete("p0")).as("a delete needs no room").isTrue();
        cluster.run(500);
        cluster.assertAgreement();
    }

    @Test
    void takenOver_presencesAwayAndBack_leaveTheCountsExact() {
        TestNode b = startLimited(builder -> builder.maxPresences(2).maxPresencesPerUser(2));
        for (int round = 0; round < 20; round++) {
            write(b, "p", 2);
            cluster.run(100);
            assertRefused(Code.STORE_FULL, () -> write(b, "full", 1));
            a.store.touch("p0");
            a.store.update("p1", PresencePatch.none().status("s" + round));
            cluster.run(200);
            assertThat(b.status().ownPresences()).isZero();
        }
        write(b, "q", 2);
        cluster.run(200);
        cluster.assertAgreement();
        assertThat(b.status().ownPresences()).isEqualTo(2);
    }

    @Test
    void maxPresencesPerUser_inACluster_countsOwnOnesOnly() {
        TestNode b = startLimited(builder -> builder.maxPresencesPerUser(2));
        write(a, "p", 5);
        cluster.run(100);
        PresenceSession session = b.open("u");
        session.upsert(PresenceUpsert.of("q0", "online"));
        session.upsert(PresenceUpsert.of("q1", "online"));
        assertRefused(Code.LIMIT_EXCEEDED, () -> session.upsert(PresenceUpsert.of("q2", "online")));
        assertRefused(Code.LIMIT_EXCEEDED, () -> session.upsert(PresenceUpsert.of("p0", "busy")));
        cluster.run(100);
        assertThat(a.status().ownPresences()).isEqualTo(5);
        session.delete("q0");
        cluster.run(100);
        session.upsert(PresenceUpsert.of("p0", "busy"));
        cluster.run(500);
        assertThat(a.status().ownPresences()).isEqualTo(4);
        a.store.touch("p0");
        cluster.run(500);
        session.upsert(PresenceUpsert.of("q3", "online"));
        cluster.run(500);
        cluster.assertAgreement();
    }

    @Test
    void maxReplicas_reached_isPartialAndFillsUpWithRoom() {
        TestNode b = cluster.start("b", options -> options.maxReplicas(20), builder -> builder);
        cluster.run(2_500);
        write(a, "p", 50);
        cluster.run(1_000);
        assertThat(b.store.stats().presences()).isEqualTo(20);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.PARTIAL);
        long pulls = b.status().pulls();
        cluster.run(5_000);
        assertThat(b.status().pulls()).as("pulls while there is no room").isEqualTo(pulls);
        for (int i = 0; i < 35; i++) {
            a.store.delete("p" + i);
        }
        cluster.run(5_000);

        cluster.assertAgreement();
        assertThat(b.store.stats().presences()).isEqualTo(15);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void ownPresences_beyondMaxReplicas_areNotLimitedByIt() {
        TestNode b = cluster.start("b", options -> options.maxReplicas(5), builder -> builder);
        cluster.run(2_500);
        write(b, "q", 50);
        write(a, "p", 5);
        cluster.run(1_000);

        assertThat(b.peer(a).state()).isEqualTo(PeerState.SYNCED);
        cluster.assertAgreement();
    }
}
