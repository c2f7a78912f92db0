package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.fixture.Promise;
import io.presence.testing.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames are lost, repeated, reordered, damaged or not sent at all. */
class ClusterWireTest {

    private static final int PULL_INTERVAL = 400;

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);

    @AfterEach
    void close() {
        cluster.close();
    }

    private static void write(TestNode node, int count) {
        for (int i = 0; i < count; i++) {
            node.store.upsert(PresenceUpsert.of(node.name + i, "u" + i, "online"));
        }
    }

    private static boolean isDelta(byte[] frame) {
        return ProbeTransport.kind(frame) == ProbeTransport.DELTA;
    }

    /* T8 */
    @Test
    void faultyNetwork_underWrites_convergesWithBoundedPulls() {
        cluster.network.setFaults(0.3, 0.3, 300);
        cluster.nodes.forEach(node -> node.transport.forget());
        int millis = 0;
        for (int i = 0; i < 400; i++) {
            TestNode node = cluster.node(i % 3);
            node.store.upsert(PresenceUpsert.of(node.name + i % 20, "u", "s" + i));
            cluster.run(50);
            millis += 50;
        }
        for (TestNode node : cluster.nodes) {
            long pulls = node.transport.sent(ProbeTransport.PULL).count();
            assertThat(pulls).as(node.name).isBetween(1L, 2L * (millis / PULL_INTERVAL + 1));
        }
        cluster.network.setFaults(0, 0, 1);
        cluster.run(5_000);
        cluster.assertAgreement();
    }

    /* Fails if PeerCopy.apply skips the revisions before a delta. */
    @Test
    @Promise("cluster-gaps")
    void delta_thatIsLost_isFoundByTheNextOneAndRepaired() {
        write(a, 3);
        cluster.run(200);
        b.transport.receiveOnly((member, frame) -> !isDelta(frame));
        a.store.update("a0", PresencePatch.none().status("busy"));
        a.store.delete("a1");
        cluster.run(40);
        b.transport.receiveOnly((member, frame) -> ProbeTransport.kind(frame) != ProbeTransport.DIGEST);
        a.store.update("a2", PresencePatch.none().status("busy"));
        cluster.run(40);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.PULLING);
        assertThat(b.store.get("a2").status()).as("before what precedes it").isEqualTo("online");
        cluster.run(500);

        cluster.assertAgreement();
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "UPDATE");
        assertThat(b.eventsOf("a1")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(b.eventsOf("a2")).containsExactly("ENTER", "UPDATE");
        assertThat(b.status().pulls()).isEqualTo(1);
    }

    @Test
    void delta_thatIsLostLast_isFoundByTheDigest() {
        write(a, 3);
        cluster.run(200);
        b.transport.receiveOnly((member, frame) -> !isDelta(frame));
        a.store.delete("a1");
        cluster.run(100);
        b.transport.receiveOnly((member, frame) -> true);
        cluster.run(1_000);

        cluster.assertAgreement();
        assertThat(b.eventsOf("a1")).containsExactly("ENTER", "EXIT DELETED");
    }

    @Test
    void pulls_thatAreNotAnswered_areSentEach400MillisAtMost() {
        write(a, 3);
        cluster.run(200);
        b.transport.receiveOnly((member, frame) -> ProbeTransport.kind(frame) == ProbeTransport.DIGEST);
        a.store.delete("a1");
        b.transport.forget();
        cluster.run(10_000);

        assertThat(b.transport.sent(ProbeTransport.PULL).count()).isBetween(5L, 10_000L / PULL_INTERVAL + 1);
        assertThat(b.store.get("a1")).as("as of the last revision").isNotNull();
    }

    @Test
    void deltas_inReverse_areAppliedInOrder() {
        List<byte[]> held = new ArrayList<>();
        b.transport.receiveOnly((member, frame) -> {
            if (member.equals("a") && isDelta(frame)) {
                held.add(frame.clone());
                return false;
            }
            return true;
        });
        for (int i = 0; i < 5; i++) {
            a.store.upsert(PresenceUpsert.of("p", "u", "s" + i));
            a.rest();
        }
        cluster.network.runTo(cluster.network.now() + 2_000_000);
        b.transport.receiveOnly((member, frame) -> true);
        for (int i = held.size() - 1; i >= 0; i--) {
            b.transport.inject("a", held.get(i));
            b.transport.inject("a", held.get(i));
        }
        b.rest();

        assertThat(held).hasSize(5);
        assertThat(b.store.get("p").status()).isEqualTo("s4");
        assertThat(b.status().pulls()).isZero();
        assertThat(b.eventsOf("p")).startsWith("ENTER").doesNotContain("EXIT DELETED");
    }

    /* The revision is right, but the id is not. */
    @Test
    void copy_thatIsDamaged_isFoundByTheDigest() {
        b.transport.receiveOnly((member, frame) -> {
            int at = new String(frame, StandardCharsets.ISO_8859_1).indexOf("victim");
            if (at >= 0 && isDelta(frame)) {
                frame[at] = 'X';
            }
            return true;
        });
        a.store.upsert(PresenceUpsert.of("victim", "u", "online"));
        cluster.run(40);
        assertThat(b.store.get("Xictim")).isNotNull();
        cluster.run(2_000);

        assertThat(b.store.get("Xictim")).isNull();
        cluster.assertAgreement();
        assertThat(b.status().pulls()).isPositive();
    }

    @Test
    @Promise("cluster-frames")
    void garbage_fromAMember_isCountedAndDisturbsNobody() {
        write(a, 3);
        cluster.run(200);
        Random random = new Random(1);
        int count = 200;
        for (int i = 0; i < count; i++) {
            byte[] garbage = new byte[random.nextInt(100)];
            random.nextBytes(garbage);
            if (garbage.length > 0) {
                garbage[0] = (byte) (2 + random.nextInt(100));
            }
            b.transport.inject("a", garbage);
        }
        cluster.run(200);
        assertThat(b.status().framesRejected()).isEqualTo(count);
        assertThat(b.failures()).isEqualTo(count);
        a.store.update("a0", PresencePatch.none().status("busy"));
        b.store.upsert(PresenceUpsert.of("q", "v", "online"));
        cluster.run(200);

        cluster.assertAgreement();
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "UPDATE");
        assertThat(a.failures()).isZero();
    }

    @Test
    void frames_thatAreTruncated_areCountedAndDisturbNobody() {
        write(a, 3);
        cluster.run(2_000);
        int count = 0;
        for (var passed : List.copyOf(b.transport.received)) {
            for (int length = 0; length < passed.frame().length; length++) {
                b.transport.inject(passed.member(), Arrays.copyOf(passed.frame(), length));
                count++;
            }
        }
        cluster.run(200);
        a.store.update("a0", PresencePatch.none().status("busy"));
        cluster.run(1_000);

        assertThat(b.status().framesRejected()).isEqualTo(count);
        cluster.assertAgreement();
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "UPDATE");
        assertThat(b.eventsOf("a1")).containsExactly("ENTER");
    }

    @Test
    void transport_thatAlwaysThrows_leavesLocalServiceAlone() {
        write(a, 3);
        cluster.run(200);
        a.transport.throwsAlways = true;
        a.store.upsert(PresenceUpsert.of("local", "u", "online"));
        a.store.delete("a0");
        cluster.run(5_000);
        assertThat(a.eventsOf("local")).containsExactly("ENTER");
        assertThat(a.store.health().isDispatching()).isTrue();
        assertThat(a.status().framesDropped()).isGreaterThan(10);
        assertThat(a.failures()).isGreaterThan(10);
        assertThat(b.store.get("a1")).isNull();
        a.transport.throwsAlways = false;
        cluster.run(3_000);
        cluster.assertAgreement();
        a.transport.throwsAlways = true;
        cluster.leave(a);
        cluster.run(5_000);
        cluster.assertAgreement();
    }

    @Test
    void requestToEnd_withoutAnswer_isSentWithEachDigestOnly() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online"));
        cluster.run(200);
        AtomicInteger deltas = new AtomicInteger();
        a.transport.receiveOnly((member, frame) -> !isDelta(frame));
        b.transport.sendOnly(frame -> {
            deltas.addAndGet(isDelta(frame) ? 1 : 0);
            return true;
        });
        b.store.delete("p");
        cluster.run(4_000);
        assertThat(deltas.get())
                .as("the delete, and one request with each digest")
                .isBetween(10, 12);
        assertThat(b.store.get("p")).isNull();
        a.transport.receiveOnly((member, frame) -> true);
        cluster.run(2_000);
        int answered = deltas.get();
        cluster.run(4_000);

        assertThat(deltas.get()).isEqualTo(answered);
        assertThat(c.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
        cluster.assertAgreement();
    }

    @Test
    void resumeToken_ofAnotherNode_resets() {
        write(a, 3);
        cluster.run(200);
        Subscription first = a.store.subscribe(Channel.presences(), event -> {});
        a.rest();
        String token = first.resumeToken();
        first.close();
        RecordingListener elsewhere = RecordingListener.withSnapshot();
        RecordingListener here = RecordingListener.unchecked();
        SubscriptionOptions resumed =
                SubscriptionOptions.defaults().withSnapshot().resumeFrom(token);
        b.store.subscribe(Channel.presences(), resumed, elsewhere);
        a.store.subscribe(Channel.presences(), resumed, here);
        cluster.run(200);

        assertThat(elsewhere.resets()).isEqualTo(1);
        assertThat(elsewhere.present()).containsOnlyKeys("a0", "a1", "a2");
        assertThat(here.resets()).isZero();
    }

    @Test
    void presence_ofEachKindOfValue_isEqualOnAllNodes() {
        a.store.upsert(PresenceUpsert.of("p", "u", "online")
                .source("web")
                .metadata(Map.of("n", 1L, "d", 1.5, "t", "\uD83D\uDE00", "l", List.of(1, true), "m", Map.of())));
        a.store.upsert(PresenceUpsert.of("large", "u", "online").metadata(Map.of("text", "x".repeat(5_000))));
        cluster.run(200);

        assertThat(b.store.get("p")).isEqualTo(a.store.get("p"));
        assertThat(c.store.get("large").metadata())
                .isEqualTo(a.store.get("large").metadata());
        cluster.assertAgreement();
    }
}
