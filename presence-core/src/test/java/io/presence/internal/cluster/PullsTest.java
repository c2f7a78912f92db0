package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Cause;
import io.presence.cluster.ClusterStatus.PeerState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests for a snapshot of a node whose copy is behind: when, how often, and what its chunks do. */
class PullsTest {

    private static final NodeId OTHER = new NodeId(7, 7);
    private static final long NUMBER = 1L << 40;
    private static final int PATIENCE_STEPS = 60;

    private final WiredStore node = new WiredStore();

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void write() {
        node.members("b");
        node.receive("b", OTHER, 0, put("p", 1));
    }

    private static Put put(String id, int number) {
        return WiredStore.put(OTHER, id, "ada", "s" + number, NUMBER + number);
    }

    private void digest(long revision) {
        node.receive("b", new Frame.Digest(0, OTHER, revision, 0, 0));
    }

    private List<Frame.Pull> pulls() {
        return node.sent(Frame.Pull.class);
    }

    private void chunk(long revision, int part, boolean isLast, Copy... copies) {
        long nonce = pulls().get(pulls().size() - 1).nonce();
        node.receive("b", new Frame.Chunk(0, OTHER, nonce, revision, part, isLast, List.of(copies)));
    }

    private PeerState state() {
        return node.status().peers().get(0).state();
    }

    @Test
    void digest_afterTheCopy_isPatientFor50Millis() {
        digest(3);
        node.run(40);
        assertThat(pulls()).isEmpty();
        node.run(20);

        assertThat(pulls()).singleElement().satisfies(pull -> {
            assertThat(pull.of()).isEqualTo(OTHER);
            assertThat(pull.haveRevision()).isEqualTo(1);
        });
        assertThat(node.status().pulls()).isEqualTo(1);
        assertThat(state()).isEqualTo(PeerState.PULLING);
    }

    @Test
    void change_thatArrivesInTime_makesARequestNeedless() {
        digest(2);
        node.run(40);
        node.receive("b", OTHER, 1, put("q", 2));
        node.receive("b", new Frame.Digest(0, OTHER, 3, 2, 0));
        node.run(40);

        assertThat(pulls()).as("the next gap has its own patience").isEmpty();
        node.run(20);
        assertThat(pulls()).hasSize(1);
    }

    @Test
    void request_withoutAnAnswer_isRepeatedAfterASecond() {
        digest(3);
        node.run(PATIENCE_STEPS);
        digest(3);
        node.run(980);
        assertThat(pulls()).hasSize(1);
        node.run(20);
        assertThat(pulls()).hasSize(2);
        assertThat(pulls().get(1).nonce()).isNotEqualTo(pulls().get(0).nonce());
    }

    @Test
    void gap_rightAfterASnapshot_isRequested400To500MillisAfterTheLastRequest() {
        digest(3);
        node.skip(Duration.ofMillis(50));
        assertThat(pulls()).as("at the end of the patience").hasSize(1);
        node.answer("b", OTHER, 3, new Copy(1, put("p", 1)));
        digest(9);
        node.skip(Duration.ofMillis(399));
        assertThat(pulls()).hasSize(1);
        node.skip(Duration.ofMillis(101));
        assertThat(pulls()).hasSize(2);
    }

    @Test
    void snapshot_whoseChunksArrive_isNotRequestedAgainUntilASecondOfSilence() {
        digest(9);
        node.run(PATIENCE_STEPS);
        for (int part = 0; part < 5; part++) {
            chunk(9, part, false, new Copy(part + 2, put("q" + part, part)));
            node.run(900);
            digest(9);
        }
        assertThat(pulls()).hasSize(1);
        node.run(80);
        assertThat(pulls()).hasSize(1);
        node.run(20);
        assertThat(pulls()).hasSize(2);
    }

    @Test
    void snapshot_thatIsComplete_replacesTheCopy() {
        digest(9);
        node.run(PATIENCE_STEPS);
        chunk(9, 1, true, new Copy(5, put("r", 5)));
        assertThat(node.store.get("r")).isNotNull();
        assertThat(node.store.get("p")).as("until all parts are there").isNotNull();
        chunk(9, 0, false, new Copy(4, put("q", 4)));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
        assertThat(node.eventsOf("q")).containsExactly("ENTER");
        assertThat(state()).isEqualTo(PeerState.SYNCED);
        assertThat(node.status().peers().get(0).revision()).isEqualTo(9);
        assertThat(node.status().peers().get(0).presences()).isEqualTo(2);
    }

    @Test
    void chunk_ofAnotherRequestOrRevision_isIgnored() {
        digest(9);
        node.run(PATIENCE_STEPS);
        long nonce = pulls().get(0).nonce();
        node.receive("b", new Frame.Chunk(0, OTHER, nonce + 1, 9, 0, true, List.of(new Copy(4, put("q", 4)))));
        assertThat(node.store.get("q")).isNull();
        chunk(9, 0, false);
        chunk(8, 1, true, new Copy(4, put("q", 4)));

        assertThat(node.store.get("q")).isNull();
        assertThat(state()).isEqualTo(PeerState.PULLING);
    }

    /* Part 0 is late: a change after the snapshot has come before it. */
    @Test
    void changes_whileASnapshotArrives_areNotTakenBackByIt() {
        digest(9);
        node.run(PATIENCE_STEPS);
        chunk(9, 1, true, new Copy(5, put("r", 5)));
        node.receive("b", OTHER, 9, put("q", 10));
        node.receive("b", OTHER, 10, new End("gone", null, "ada", Cause.DELETED, 0, 0));
        chunk(9, 0, false, new Copy(4, put("q", 4)), new Copy(3, put("gone", 3)));

        assertThat(node.store.get("q").status()).isEqualTo("s10");
        assertThat(node.store.get("gone")).isNull();
        assertThat(node.eventsOf("q")).containsExactly("ENTER");
        assertThat(node.status().peers().get(0).revision()).isEqualTo(11);
        assertThat(state()).isEqualTo(PeerState.SYNCED);
    }

    /* Its end is before the snapshot, and its next creation was lost on the way. Fails if any end counts. */
    @Test
    void presence_thatIsBackInTheSnapshotAfterItsEnd_isShown() {
        digest(9);
        node.run(PATIENCE_STEPS);
        node.receive("b", OTHER, 1, new End("p", null, "ada", Cause.DELETED, 0, 0));
        assertThat(node.store.get("p")).isNull();
        chunk(9, 0, true, new Copy(3, put("p", 3)));

        assertThat(node.store.get("p").status()).isEqualTo("s3");
        assertThat(state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void digest_ofTheSameRevisionAndAnotherSet_isRepaired() {
        node.receive("b", new Frame.Digest(0, OTHER, 1, 1, Ownership.hash("p", 1)));
        node.run(200);
        assertThat(pulls()).isEmpty();
        node.receive("b", new Frame.Digest(0, OTHER, 1, 2, Ownership.hash("p", 1)));
        node.run(PATIENCE_STEPS);
        assertThat(pulls()).as("another size").hasSize(1);
        node.answer("b", OTHER, 1, new Copy(1, put("p", 1)));
        node.run(500);
        node.receive("b", new Frame.Digest(0, OTHER, 1, 1, Ownership.hash("q", 1)));
        node.run(PATIENCE_STEPS);
        assertThat(pulls()).as("another hash").hasSize(2);
    }

    @Test
    void delta_afterAGap_waitsForWhatIsMissing() {
        node.receive("b", OTHER, 2, put("r", 3));
        assertThat(node.store.get("r")).isNull();
        assertThat(state()).isEqualTo(PeerState.PULLING);
        node.receive("b", OTHER, 1, put("q", 2));

        assertThat(node.store.get("r")).isNotNull();
        assertThat(state()).isEqualTo(PeerState.SYNCED);
        node.run(200);
        assertThat(pulls()).isEmpty();
    }

    /* It overlaps with what is known, so only its second half is applied. */
    @Test
    void delta_thatOverlaps_isAppliedFromTheFirstNewChangeOn() {
        node.receive("b", OTHER, 1, put("p", 2));
        node.receive("b", OTHER, 0, put("p", 1), put("p", 2), put("p", 3));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "UPDATE", "UPDATE");
        assertThat(node.store.get("p").status()).isEqualTo("s3");
        assertThat(node.status().peers().get(0).revision()).isEqualTo(3);
    }

    /* A request is on its way: until its answer starts, the copy goes on from where it is. */
    @Test
    void changes_beforeTheSnapshotStarts_areApplied() {
        digest(3);
        node.run(PATIENCE_STEPS);
        node.receive("b", OTHER, 1, put("q", 2));

        assertThat(node.store.get("q")).isNotNull();
        assertThat(node.status().peers().get(0).revision()).isEqualTo(2);
    }

    @Test
    void changes_afterTheSnapshotAndBeforeItsChunks_areKept() {
        digest(9);
        node.run(PATIENCE_STEPS);
        node.receive("b", OTHER, 9, put("r", 10));
        assertThat(node.store.get("r")).isNull();
        chunk(9, 0, true, new Copy(1, put("p", 1)));

        assertThat(node.store.get("r")).isNotNull();
        assertThat(node.status().peers().get(0).revision()).isEqualTo(10);
        assertThat(state()).isEqualTo(PeerState.SYNCED);
    }

    @Test
    void changes_ofANewNodeBeforeItsSnapshot_areKept() {
        NodeId joined = new NodeId(8, 8);
        node.members("b", "c");
        node.receive("c", joined, 5, WiredStore.put(joined, "q", "ada", "s6", NUMBER + 6));
        node.run(PATIENCE_STEPS);
        node.receive("c", joined, 6, WiredStore.put(joined, "r", "ada", "s7", NUMBER + 7));
        assertThat(node.store.get("r")).isNull();
        node.answer("c", joined, 6, new Copy(6, WiredStore.put(joined, "q", "ada", "s6", NUMBER + 6)));

        assertThat(node.store.get("q")).isNotNull();
        assertThat(node.store.get("r")).isNotNull();
        assertThat(pulls()).hasSize(1);
    }

    /* It was made before the last change that the copy has, and after the request. */
    @Test
    void snapshot_thatChangesHaveOvertaken_isRefused() {
        digest(3);
        node.run(PATIENCE_STEPS);
        node.receive("b", OTHER, 1, put("q", 2), put("p", 3));
        chunk(2, 0, true, new Copy(1, put("p", 1)));

        assertThat(node.status().peers().get(0).revision()).isEqualTo(3);
        assertThat(node.store.get("q")).isNotNull();
        assertThat(state()).isEqualTo(PeerState.PULLING);
    }

    @Test
    void changes_aheadOfAGap_areKeptUpTo256() {
        for (int from = 300; from >= 2; from--) {
            node.receive("b", OTHER, from, put("q", from + 1));
        }
        assertThat(node.store.get("q")).isNull();
        node.receive("b", OTHER, 1, put("q", 2));

        assertThat(node.status().peers().get(0).revision()).isEqualTo(258);
        assertThat(node.store.get("q").status()).isEqualTo("s258");
    }
}
