package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus.PeerState;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes join while much changes, and come and go many times. */
class ClusterJoinTest {

    private static final int MANY = 20_000;
    private static final int LARGE = 20_000;
    private static final int FLAPS = 500;

    private final TestCluster cluster = TestCluster.of(2);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PresenceUpsert upsert(int number, int round) {
        return PresenceUpsert.of("p" + number, "u" + number % 100, "s" + round);
    }

    /* T10 */
    @Test
    void joiner_whileManyChange_becomesEqualWithoutAnEventTwice() {
        for (int i = 0; i < MANY; i++) {
            cluster.node(i % 2).store.upsert(upsert(i, 0));
        }
        a.store.upsert(PresenceUpsert.of("large", "u", "online").metadata(Map.of("text", "x".repeat(LARGE))));
        cluster.run(500);
        cluster.nodes.forEach(node -> node.transport.forget());
        TestNode joiner = cluster.start("c");
        int deleted = 0;
        for (int round = 1; round <= 60; round++) {
            for (int i = round; i < MANY; i += 97) {
                TestNode owner = cluster.node(i % 2);
                if (i % 5 == 0) {
                    deleted += owner.store.delete("p" + i) ? 1 : 0;
                } else if (i % 7 == 0) {
                    owner.store.upsert(upsert(i, round));
                } else if (owner.store.get("p" + i) != null) {
                    owner.store.update("p" + i, PresencePatch.none().status("s" + round));
                }
            }
            cluster.run(60);
        }
        assertThat(deleted).isGreaterThan(1_000);
        cluster.run(3_000);

        cluster.assertAgreement();
        assertThat(joiner.peer(a).state()).isEqualTo(PeerState.SYNCED);
        assertNoEventTwice(joiner);
        for (TestNode node : cluster.nodes) {
            assertThat(node.transport.sent)
                    .as(node.name)
                    .allMatch(frame -> frame.length <= node.transport.maxFrameBytes || frame.length > LARGE);
            assertThat(node.transport.sent.stream()
                            .filter(frame -> frame.length > LARGE)
                            .count())
                    .as(node.name)
                    .isLessThanOrEqualTo(joiner.status().pulls());
        }
    }

    /* The listener itself checks ENTER UPDATE* EXIT; each event must also be of a new version. */
    private static void assertNoEventTwice(TestNode node) {
        Set<String> seen = new HashSet<>();
        for (PresenceEvent event : node.events.events()) {
            Presence presence = event.presence();
            String text = event.cause() + " " + presence.id() + " " + presence.version();
            assertThat(seen.add(text)).as(text).isTrue();
        }
    }

    @Test
    void joiner_whoseOwnersLeaveMeanwhile_hasNothingOfThem() {
        for (int i = 0; i < MANY / 4; i++) {
            a.store.upsert(upsert(i, 0));
        }
        b.store.upsert(PresenceUpsert.of("q", "u", "online"));
        cluster.run(500);
        TestNode joiner = cluster.start("c");
        long chunks = 0;
        while (chunks < 3) {
            cluster.run(20);
            chunks = joiner.transport.received.stream()
                    .filter(passed -> ProbeTransport.kind(passed.frame()) == ProbeTransport.CHUNK)
                    .count();
        }
        cluster.crash(a);
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(joiner.store.stats().presences()).isEqualTo(1);
        assertThat(joiner.status().peers()).hasSize(1);
    }

    /* T16 */
    @Test
    void flaps_ofANode_leaveNothingBehind() {
        a.store.upsert(PresenceUpsert.of("a0", "u", "online"));
        int threads = Thread.activeCount();
        for (int i = 0; i < FLAPS; i++) {
            TestNode flapping = cluster.start("flap" + i % 3);
            flapping.store.upsert(PresenceUpsert.of("f" + i % 7, "u", "s" + i));
            cluster.run(i % 5 == 0 ? 1_500 : 100);
            a.transport.forget();
            b.transport.forget();
            if (i % 2 == 0) {
                cluster.leave(flapping);
            } else {
                cluster.crash(flapping);
            }
            cluster.run(i % 3 == 0 ? 1_500 : 100);
        }
        cluster.run(6_000);

        cluster.assertAgreement();
        assertThat(a.store.stats().presences()).isEqualTo(1);
        for (TestNode node : cluster.nodes) {
            assertThat(node.status().peers()).as(node.name).hasSize(1);
            assertThat(node.failures()).as(node.name).isZero();
            ClusterMemory memory = ClusterMemory.of(node.store);
            assertThat(memory.peers()).as(node.name).isEqualTo(1);
            assertThat(memory.members()).as(node.name).isEqualTo(1);
            assertThat(memory.evicted()).as(node.name).isLessThanOrEqualTo(FLAPS);
            assertThat(memory.ownershipIds()).as(node.name).isEqualTo(1);
            assertThat(memory.requests()).as(node.name).isZero();
            assertThat(memory.handedOver()).as(node.name).isZero();
            assertThat(memory.snapshots()).as(node.name).isZero();
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(a.eventsOf("a0")).containsExactly("ENTER");
    }
}
