package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus.PeerState;
import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Well-formed frames of a false revision. The copy is repaired although its owner writes nothing. */
class ClusterRevisionTest {

    private static final long FAR = 1_000_000;
    private static final BiPredicate<String, byte[]> ALL = (member, frame) -> true;

    private final TestCluster cluster = TestCluster.of(3);
    private final TestNode a = cluster.node(0);
    private final TestNode b = cluster.node(1);
    private byte[] creation;
    private byte[] digest;

    @AfterEach
    void close() {
        cluster.close();
    }

    @BeforeEach
    void write() {
        b.transport.forget();
        a.store.upsert(PresenceUpsert.of("gone", "u", "online"));
        cluster.run(100);
        for (int i = 0; i < 5; i++) {
            a.store.upsert(PresenceUpsert.of("a" + i, "u" + i, "online"));
        }
        a.store.delete("gone");
        cluster.run(1_000);
        creation = firstOf(ProbeTransport.DELTA);
        digest = firstOf(ProbeTransport.DIGEST);
        b.transport.forget();
    }

    private byte[] firstOf(int kind) {
        return b.transport.received.stream()
                .filter(passed -> passed.member().equals("a"))
                .map(ProbeTransport.Passed::frame)
                .filter(frame -> ProbeTransport.kind(frame) == kind)
                .findFirst()
                .orElseThrow();
    }

    private long revision() {
        return a.status().revision();
    }

    private void inject(byte[] frame, long revision) {
        b.transport.inject("a", RevisionField.with(frame, revision));
        b.rest();
    }

    private void assertRepaired() {
        cluster.run(3_000);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.SYNCED);
        assertThat(b.peer(a).revision()).isEqualTo(revision());
        cluster.assertAgreement();
        long pulls = b.status().pulls();
        cluster.run(10_000);
        assertThat(b.status().pulls()).as("pulls once it is repaired").isEqualTo(pulls);
    }

    /* Fails without the comparison of digests that are before the copy. */
    @Test
    @Promise("cluster-revision")
    void delta_thatIsTakenForTheNextOne_isUndone() {
        inject(creation, revision());
        assertThat(b.store.get("gone")).isNotNull();
        assertThat(b.peer(a).revision()).isGreaterThan(revision());

        assertRepaired();
        assertThat(b.eventsOf("gone")).containsExactly("ENTER", "EXIT DELETED", "ENTER", "EXIT DELETED");
    }

    /* Fails if a presence of the copy is confirmed although its revision is after the one in the snapshot. */
    @Test
    void delta_thatHidesTheNextOne_isUndone() {
        byte[] update = updateOf("a0", "false");
        inject(update, revision());
        a.store.update("a1", PresencePatch.none().status("true"));

        assertRepaired();
        assertThat(b.store.get("a1").status()).isEqualTo("true");
        assertThat(b.store.get("a0").status()).isEqualTo("back");
    }

    /* A change of a presence, which is then changed back. */
    private byte[] updateOf(String id, String status) {
        b.transport.forget();
        a.store.update(id, PresencePatch.none().status(status));
        cluster.run(100);
        byte[] update = firstOf(ProbeTransport.DELTA);
        a.store.update(id, PresencePatch.none().status("back"));
        cluster.run(100);
        return update;
    }

    /* Fails if the early deltas are kept when a snapshot is requested. */
    @Test
    void delta_farAhead_isForgotten() {
        inject(creation, FAR);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.PULLING);

        assertRepaired();
        assertThat(b.status().pulls()).isEqualTo(1);
    }

    /* Fails if the greatest revision of a digest is kept when a snapshot is requested. */
    @Test
    void digest_farAhead_isForgotten() {
        inject(digest, FAR);
        assertThat(b.peer(a).state()).isEqualTo(PeerState.PULLING);

        assertRepaired();
        assertThat(b.status().pulls()).isEqualTo(1);
    }

    /* Fails if a snapshot before the revision of the copy is always refused. */
    @Test
    void snapshot_farAhead_isUndone() {
        b.transport.receiveOnly((member, frame) -> {
            boolean isChunk = member.equals("a") && ProbeTransport.kind(frame) == ProbeTransport.CHUNK;
            if (isChunk) {
                b.transport.receiveOnly(ALL);
                b.transport.inject("a", RevisionField.with(frame, FAR));
            }
            return !isChunk;
        });
        inject(digest, FAR);
        cluster.run(500);
        assertThat(b.peer(a).revision()).isEqualTo(FAR);

        assertRepaired();
    }

    /* Fails if a snapshot before the revision of the copy is always accepted. */
    @Test
    @Promise("cluster-gaps")
    void snapshot_thatChangesHaveOvertaken_takesNothingBack() {
        List<byte[]> held = new ArrayList<>();
        b.transport.receiveOnly((member, frame) -> {
            boolean isChunk = member.equals("a") && ProbeTransport.kind(frame) == ProbeTransport.CHUNK;
            if (isChunk) {
                held.add(frame.clone());
            }
            return !isChunk;
        });
        inject(digest, FAR);
        cluster.run(100);
        a.store.update("a0", PresencePatch.none().status("busy"));
        cluster.run(40);
        assertThat(held).hasSize(1);
        b.transport.receiveOnly(ALL);
        b.transport.inject("a", held.get(0));
        b.rest();
        assertThat(b.store.get("a0").status()).isEqualTo("busy");

        assertRepaired();
        assertThat(b.eventsOf("a0")).containsExactly("ENTER", "UPDATE");
    }

    /* Fails if a node that was evicted must return with the revision that its copy had. */
    @Test
    void node_thatWasEvictedAtAFalseRevision_returns() {
        inject(creation, revision());
        cluster.pause(a, 4_000);
        cluster.run(4_000);
        assertThat(b.store.get("a0")).isNull();

        assertRepaired();
        assertThat(b.store.get("a0")).isNotNull();
    }

    /* Fails if one digest that is before the copy causes a request. */
    @Test
    @Promise("cluster-gaps")
    void digests_thatChangesHaveOvertaken_causeNoRequest() {
        List<byte[]> late = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            b.transport.forget();
            b.transport.receiveOnly(
                    (member, frame) -> !member.equals("a") || ProbeTransport.kind(frame) != ProbeTransport.DIGEST);
            cluster.run(400);
            late.add(firstOf(ProbeTransport.DIGEST));
            a.store.update("a0", PresencePatch.none().status("s" + i));
            cluster.run(40);
            b.transport.receiveOnly(ALL);
            b.transport.inject("a", late.get(i));
        }
        cluster.run(1_000);

        assertThat(RevisionField.of(late.get(19))).isEqualTo(revision() - 1);
        assertThat(b.status().pulls()).isZero();
        cluster.assertAgreement();
    }

    /* One digest over and over, between those of now: at most one request for each three, and nothing is seen of it. */
    @Test
    void digests_thatAreRepeatedLate_causeFewRequestsAndNoEvent() {
        int rounds = 30;
        for (int i = 0; i < rounds; i++) {
            for (int j = 0; j < 3; j++) {
                b.transport.inject("a", digest);
            }
            cluster.run(200);
        }

        assertThat(b.status().pulls()).isLessThanOrEqualTo(rounds);
        assertThat(b.eventsOf("a0")).containsExactly("ENTER");
        assertRepaired();
    }
}
