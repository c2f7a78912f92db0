package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The frames that a store sends of itself, its status, and the time for which its dispatcher sleeps. */
class ReplicationTest {

    private static final NodeId OTHER = new NodeId(7, 7);
    private static final long NUMBER = 1L << 40;
    private static final int MANY = 600;

    /* With locks, which are a space of their own. */
    private final WiredStore node =
            new WiredStore(options -> options, builder -> builder.lockPolicy((principal, resource) -> true));
    private NodeId self;

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void join() {
        node.members("b");
        node.hear("b", OTHER);
        self = node.sent.get(0).origin();
    }

    private void write(int count) {
        for (int i = 0; i < count; i++) {
            node.store.upsert(PresenceUpsert.of("p" + i, "ada", "online").metadata(Map.of("text", "x".repeat(900))));
        }
        node.rest();
    }

    private void pull() {
        node.receive("b", new Frame.Pull(0, OTHER, self, 5, 0));
    }

    private List<String> idsOfChunks() {
        return node.sent(Frame.Chunk.class).stream()
                .flatMap(chunk -> chunk.copies().stream())
                .map(copy -> copy.put().state().id())
                .toList();
    }

    @Test
    void close_ofAStore_sendsItsChangesAndAFarewellOfEachSpaceAndThenLeaves() {
        node.sent.clear();
        node.store.upsert(PresenceUpsert.of("p", "ada", "online"));
        node.store.close();

        assertThat(node.puts()).hasSize(1);
        assertThat(node.sent(Frame.Bye.class)).extracting(Frame.Bye::space).containsExactly(0, 1);
        assertThat(node.sent.indexOf(node.sent(Frame.Bye.class).get(0)))
                .isGreaterThan(node.sent.indexOf(node.sent(Frame.Delta.class).get(0)));
        assertThat(node.closings).containsExactly(node.sent.size());
    }

    @Test
    void digest_afterAChange_doesNotPrecedeIt() {
        node.pass(400);
        node.sent.clear();
        node.store.upsert(PresenceUpsert.of("p", "ada", "online"));
        node.rest();

        List<Frame> own = node.sent.stream().filter(frame -> frame.space() == 0).toList();
        assertThat(own.get(0)).isInstanceOf(Frame.Delta.class);
        assertThat(own.get(1))
                .isInstanceOfSatisfying(
                        Frame.Digest.class,
                        digest -> assertThat(digest.revision()).isEqualTo(1));
    }

    @Test
    void digests_afterAChangeOfTheMembers_areSentAtOnce() {
        node.sent.clear();
        node.members("b", "c");

        assertThat(node.sent(Frame.Digest.class)).hasSize(2);
    }

    @Test
    void snapshot_whilePresencesChange_hasEachThatDoesNot() {
        write(MANY);
        node.sent.clear();
        pull();
        assertThat(idsOfChunks()).as("at first").hasSizeLessThan(MANY);
        Set<String> changed = new HashSet<>();
        for (int i = 0; i < MANY; i += 3) {
            node.store.update("p" + i, PresencePatch.none().status("busy"));
            changed.add("p" + i);
        }
        node.run(200);

        assertThat(node.sent(Frame.Chunk.class).stream().filter(Frame.Chunk::isLast))
                .hasSize(1);
        assertThat(idsOfChunks()).doesNotHaveDuplicates();
        Set<String> all = new HashSet<>(idsOfChunks());
        node.puts().forEach(put -> all.add(put.state().id()));
        assertThat(all).hasSize(MANY);
        assertThat(idsOfChunks()).filteredOn(id -> !changed.contains(id)).hasSize(MANY - changed.size());
    }

    @Test
    void snapshot_toAMemberThatLeaves_ends() {
        write(MANY);
        node.sent.clear();
        pull();
        int before = node.sent(Frame.Chunk.class).size();
        assertThat(before).isPositive();
        node.members("c");
        node.run(200);

        assertThat(node.sent(Frame.Chunk.class)).hasSize(before);
    }

    @Test
    void pull_ofAnotherNodesPresences_isNotAnswered() {
        write(3);
        node.receive("b", new Frame.Pull(0, OTHER, new NodeId(9, 9), 5, 0));

        assertThat(node.sent(Frame.Chunk.class)).isEmpty();
    }

    @Test
    void frame_ofEachSpace_isReadByTheExchangeOfThatSpace() {
        long received = node.status().framesReceived();
        node.receive("b", new Frame.Digest(1, OTHER, 0, 0, 0));
        assertThat(node.status().framesReceived()).as("that of locks").isEqualTo(received);
        node.hear("b", OTHER);
        assertThat(node.status().framesReceived()).isEqualTo(received + 1);
        node.receive("b", new Frame.Digest(2, OTHER, 0, 0, 0));
        assertThat(node.status().framesRejected()).as("of no space").isEqualTo(1);
        node.receive("b", new byte[FrameFormat.SPACE_OFFSET]);
        assertThat(node.status().framesRejected()).as("too short for a space").isEqualTo(2);
    }

    @Test
    void status_byAnotherThread_isOfNow() {
        node.store.upsert(PresenceUpsert.of("p", "ada", "online"));
        node.rest();
        assertThat(CompletableFuture.supplyAsync(node::status).join().ownPresences())
                .isEqualTo(1);
        node.pass(1_000);

        ClusterStatus.Peer peer = node.status().peers().get(0);
        assertThat(peer.sinceHeard()).as("after the other thread").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void status_byAnInterruptedThread_keepsTheInterrupt() {
        ClusterStatus before = node.status();
        Thread.currentThread().interrupt();

        assertThat(node.status()).isEqualTo(before);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void idleTime_withoutChanges_endsAtTheNextDigest() {
        node.members("b");
        assertThat(node.idleMillis()).isEqualTo(400);
        node.run(100);
        assertThat(node.idleMillis()).isEqualTo(300);
    }

    @Test
    void idleTime_ofACopyThatIsBehind_endsAtTheRequest() {
        node.members("b");
        node.receive("b", new Frame.Digest(0, OTHER, 5, 0, 0));
        assertThat(node.idleMillis()).isEqualTo(50);
        node.run(40);
        assertThat(node.idleMillis()).isEqualTo(10);
    }

    @Test
    void idleTime_beforeALoss_endsRightAfterTheLease() {
        node.run(1_000);
        node.hear("b", OTHER);
        node.run(1_980);
        node.members("b");
        assertThat(node.idleMillis()).as("20 ms and a nanosecond").isEqualTo(21);
    }

    @Test
    void idleTime_whileANodeIsHeld_endsWithTheHold() {
        node.receive("b", new Frame.Bye(0, OTHER, 0, 300));
        node.members();
        assertThat(node.idleMillis()).isEqualTo(300);
        node.run(100);
        assertThat(node.idleMillis()).isEqualTo(200);
    }

    /* The report of an engine right after a pause counts two digests later. */
    @Test
    void idleTime_whileANodeIsMissingAfterAPause_endsWithTheGuard() {
        node.skip(Duration.ofMillis(1_500));
        node.members();
        node.run(500);
        node.members();
        assertThat(node.idleMillis()).isEqualTo(300);
    }

    /* Presences leave in portions, and the dispatcher does not sleep in between. */
    @Test
    void loss_ofManyPresences_isSpreadOverCycles() {
        for (int i = 0; i < 1_200; i++) {
            node.receive("b", OTHER, i, WiredStore.put(OTHER, "q" + i, "ada", "online", NUMBER + i));
        }
        assertThat(node.store.stats().presences()).isEqualTo(1_200);
        node.receive("b", new Frame.Bye(0, OTHER, 1_200, 300));
        node.pass(300);
        node.store.doWork();
        assertThat(node.status().peers().get(0).presences()).isEqualTo(1_200 - 512);
        assertThat(node.idleMillis()).isZero();
        node.rest();

        assertThat(node.store.stats().presences()).isZero();
        assertThat(node.status().peers()).isEmpty();
    }
}
