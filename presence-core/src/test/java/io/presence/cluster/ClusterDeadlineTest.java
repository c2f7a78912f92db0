package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines and idle ladders run at the owner alone, and are seen everywhere. */
class ClusterDeadlineTest {

    private static final int LEASE_MILLIS = 2_000;

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @BeforeEach
    void forget() {
        cluster.nodes.forEach(node -> node.transport.forget());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PresenceUpsert shortLived(String id) {
        return PresenceUpsert.of(id, "u", "online").expiresIn(Duration.ofSeconds(3));
    }

    @Test
    void heartbeats_beyondTheFirstDeadline_sendNothing() {
        PresenceSession session = a.open("u");
        session.upsert(shortLived("p"));
        cluster.run(100);
        a.transport.forget();
        for (int i = 0; i < 10; i++) {
            session.touch();
            a.store.touch("p");
            cluster.run(1_000);
        }

        assertThat(a.transport.sent).allMatch(frame -> ProbeTransport.kind(frame) == ProbeTransport.DIGEST);
        assertThat(a.transport.sent).hasSizeBetween(24, 26);
        for (TestNode node : cluster.nodes) {
            assertThat(node.store.get("p")).as(node.name).isNotNull();
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER");
        }
    }

    @Test
    void expiresAt_ofAnotherNode_isAsOfTheLastChange() {
        a.store.upsert(shortLived("p"));
        cluster.run(100);
        Instant atChange = a.store.get("p").expiresAt();
        Instant there = b.store.get("p").expiresAt();
        cluster.run(2_000);
        a.store.touch("p");
        cluster.run(100);

        assertThat(a.store.get("p").expiresAt()).isAfter(atChange);
        assertThat(b.store.get("p").expiresAt()).isEqualTo(there);
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(100);
        assertThat(b.store.get("p").expiresAt()).isAfter(there);
    }

    @Test
    void expiry_atTheOwner_isAnExitEverywhereOnce() {
        a.store.upsert(shortLived("p"));
        cluster.run(4_000);

        for (TestNode node : cluster.nodes) {
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "EXIT EXPIRED");
            assertThat(node.store.get("p")).as(node.name).isNull();
            assertThat(node.store.stats().presences()).as(node.name).isZero();
        }
    }

    @Test
    void idleLadder_atTheOwner_isSeenEverywhere() {
        PresenceSession session = a.open("u");
        session.upsert(PresenceUpsert.of("p", "online").idle(Duration.ofSeconds(2), "away"));
        cluster.run(1_000);
        assertThat(b.store.get("p").status()).isEqualTo("online");
        cluster.run(1_500);
        assertThat(b.store.get("p").status()).isEqualTo("away");
        assertThat(b.store.get("p").writtenStatus()).isEqualTo("online");
        session.active();
        cluster.run(100);

        for (TestNode node : cluster.nodes) {
            assertThat(node.store.get("p").status()).as(node.name).isEqualTo("online");
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "UPDATE", "UPDATE");
        }
    }

    @Test
    void idleLadder_afterATakeover_runsAtTheNewOwner() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online").idle(Duration.ofSeconds(2), "away"));
        cluster.run(100);
        b.store.touch("p");
        cluster.run(3_000);

        for (TestNode node : cluster.nodes) {
            assertThat(node.store.get("p").status()).as(node.name).isEqualTo("away");
            assertThat(node.eventsOf("p")).as(node.name).containsExactly("ENTER", "UPDATE");
        }
        c.store.active("p");
        cluster.run(500);
        cluster.crash(a);
        cluster.crash(b);
        cluster.run(LEASE_MILLIS / 2);
        assertThat(c.store.get("p").status()).isEqualTo("online");
        cluster.run(LEASE_MILLIS);
        assertThat(c.store.get("p").status()).isEqualTo("away");
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE", "UPDATE", "UPDATE");
    }

    @Test
    void shownRung_takenOverByATouch_staysShownUntilActivity() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online").idle(Duration.ofSeconds(1), "away"));
        cluster.run(2_000);
        b.store.touch("p");
        cluster.run(1_000);
        assertThat(List.of(a, b, c))
                .allMatch(node -> node.store.get("p").status().equals("away"));
        b.store.active("p");
        cluster.run(200);

        assertThat(List.of(a, b, c))
                .allMatch(node -> node.store.get("p").status().equals("online"));
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "UPDATE", "UPDATE");
    }

    @Test
    void touchWithTtl_onAnotherNode_setsItsDeadline() {
        a.store.upsert(shortLived("p"));
        cluster.run(1_000);
        b.store.touch("p", Duration.ofSeconds(8));
        cluster.run(6_000);
        assertThat(List.of(a, b, c)).allMatch(node -> node.store.get("p") != null);
        cluster.run(3_000);

        assertThat(List.of(a, b, c)).allMatch(node -> node.store.get("p") == null);
        assertThat(a.eventsOf("p")).containsExactly("ENTER", "EXIT EXPIRED");
    }

    private static Duration silence(TestNode node) {
        PresenceEvent exit = node.events.events().get(node.events.events().size() - 1);
        assertThat(exit.change()).as(node.name).isEqualTo(PresenceEvent.Change.EXIT);
        return Duration.between(exit.lastSeenAt(), exit.endedAt());
    }

    @Test
    void expiry_afterHeartbeats_hasTheTimeOfTheLastOneEverywhere() {
        PresenceSession session = a.open("u");
        session.upsert(shortLived("p"));
        for (int i = 0; i < 5; i++) {
            cluster.run(1_000);
            session.touch();
        }
        cluster.run(4_000);

        for (TestNode node : cluster.nodes) {
            assertThat(silence(node)).as(node.name).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void disconnect_afterHeartbeats_hasTheTimeOfTheLastOneEverywhere() {
        PresenceSession session = a.open("u");
        session.upsert(shortLived("p"));
        for (int i = 0; i < 5; i++) {
            cluster.run(1_000);
            session.touch();
        }
        cluster.run(1_000);
        session.close();
        cluster.run(500);

        for (TestNode node : cluster.nodes) {
            assertThat(silence(node)).as(node.name).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void exit_ofALostNode_hasTheTimeOfTheLastChange() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(5_000);
        a.store.update("p", PresencePatch.none().status("busy"));
        cluster.run(1_000);
        cluster.crash(a);
        cluster.run(4_000);

        assertThat(silence(b)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    @Test
    void delete_onAnotherNode_leavesTheTimeOfTheLastChange() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(1_000);
        b.store.delete("p");
        cluster.run(500);

        for (TestNode node : cluster.nodes) {
            assertThat(silence(node)).as(node.name).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_100));
        }
    }
}
