package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.fixture.Promise;
import io.presence.fuzz.Fuzz;
import io.presence.fuzz.Mutator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Frames of one member that are damaged on their way to a node. A frame that is refused changes nothing. After any
 * other, the next digest repairs which presences there are, and the next change of a presence repairs its fields.
 *
 * <p>Fails within 300 frames if the error of a refused field is not one of a malformed frame, and if the hash in a
 * digest is not compared. Fails within 10,000 frames if a copy that is ahead of its node is not repaired.
 */
class ClusterFrameFuzzTest {

    private static final long ITERATIONS = 300;

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private final TestNode c = cluster.node(2);
    private List<byte[]> valid;

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PresenceUpsert presence(String id, String status) {
        return PresenceUpsert.of(id, "u" + id, status)
                .source("web")
                .metadata(Map.of("n", 1, "d", List.of(1.5, true), "m", Map.of("k", "v")))
                .permissions(Permission.read(Role.users()), Permission.update(Role.team("blue", "owner")))
                .idle(Duration.ofMinutes(5), "away");
    }

    @BeforeEach
    void record() {
        b.transport.forget();
        for (int i = 0; i < 5; i++) {
            for (TestNode node : cluster.nodes) {
                node.store.upsert(presence(node.name + i, "online"));
            }
            cluster.run(40);
        }
        a.store.delete("a0");
        cluster.run(2_000);
        valid = b.transport.received.stream()
                .filter(passed -> passed.member().equals("a"))
                .map(ProbeTransport.Passed::frame)
                .toList();
    }

    @Test
    @Promise("cluster-revision")
    void frames_thatAreDamaged_areRefusedOrRepaired() {
        Fuzz.run("frames", ITERATIONS, this::damaged, this::isTaken);
    }

    /* Most are of changes that the node has not received otherwise. */
    private String damaged(long seed) {
        List<byte[]> frames = new ArrayList<>(seed % 4 == 0 ? valid : List.of());
        b.transport.receiveOnly((member, frame) -> {
            boolean isHeld = member.equals("a") && ProbeTransport.kind(frame) == ProbeTransport.DELTA;
            if (isHeld) {
                frames.add(frame.clone());
            }
            return !isHeld;
        });
        a.store.upsert(presence("a" + seed % 5, "s" + seed));
        a.store.delete("a" + (seed + 1) % 5);
        cluster.run(60);
        b.transport.receiveOnly((member, frame) -> true);
        return Mutator.ofBytes(seed, frames).next();
    }

    private boolean isTaken(String frame) {
        Map<String, String> before = b.shown();
        long failures = b.failures();
        long rejected = b.status().framesRejected();
        b.transport.inject("a", Mutator.bytes(frame));
        b.rest();
        boolean isTaken = b.status().framesRejected() == rejected;
        assertThat(b.failures() - failures)
                .as("failures, of which a malformed frame is one")
                .isLessThanOrEqualTo(b.status().framesRejected() - rejected);
        if (!isTaken) {
            assertThat(b.shown()).isEqualTo(before);
        }
        cluster.run(3_000);
        assertThat(b.shown().keySet()).as("after a digest").isEqualTo(a.shown().keySet());
        assertThat(b.peer(a).state()).as("after a digest").isEqualTo(PeerState.SYNCED);
        for (int i = 0; i < 5; i++) {
            a.store.upsert(presence("a" + i, "t" + frame.length()));
        }
        cluster.run(1_000);
        cluster.assertAgreement();
        return isTaken;
    }
}
