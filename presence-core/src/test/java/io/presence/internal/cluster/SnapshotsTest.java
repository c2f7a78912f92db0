package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.cluster.ClusterTransport;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.store.PresenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Snapshots that are sent in chunks, at a limited rate. */
class SnapshotsTest {

    private static final NodeId SELF = new NodeId(1, 1);
    private static final long MILLI = 1_000_000;
    private static final long BYTES_PER_MILLI = 32_000;
    private static final long BURST = 256_000;
    private static final int FRAME = 10_000;

    private final List<String> receivers = new ArrayList<>();
    private final List<Frame.Chunk> chunks = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final OwnershipList list = new OwnershipList();
    private final Snapshots snapshots =
            new Snapshots(0, SELF, new Outbox(new Recorder(), new FailureLog(null, () -> 0)), FRAME);
    private long revision;

    private final class Recorder implements ClusterTransport {

        @Override
        public void start(Receiver receiver) {}

        @Override
        public void broadcast(byte[] frame) {}

        @Override
        public void send(String member, byte[] frame) {
            receivers.add(member);
            sizes.add(frame.length);
            chunks.add((Frame.Chunk) Objects.requireNonNull(FrameReader.read(frame)));
        }

        @Override
        public void close() {}
    }

    private Ownership add(int statusLength) {
        revision++;
        Put put = WiredStore.put(SELF, "p" + revision, "ada", "s".repeat(statusLength), revision);
        Ownership added =
                new Ownership("p" + revision, SELF, revision, put.claim(), PresenceState.remote(put.state(), 0));
        list.append(added);
        return added;
    }

    private void add(int count, int statusLength) {
        for (int i = 0; i < count; i++) {
            add(statusLength);
        }
    }

    private void start(String member) {
        snapshots.start(member, 7, revision, list.first());
    }

    private List<String> sentTo(String member) {
        return IntStream.range(0, chunks.size())
                .filter(i -> receivers.get(i).equals(member))
                .boxed()
                .flatMap(i -> chunks.get(i).copies().stream())
                .map(copy -> copy.put().state().id())
                .toList();
    }

    private long bytes() {
        return sizes.stream().mapToLong(Integer::longValue).sum();
    }

    private void sendAll() {
        for (long now = 0; snapshots.advance(now) > 0; now += 100 * MILLI) {
            assertThat(now).isLessThan(100_000 * MILLI);
        }
    }

    @Test
    void start_ofManyPresences_sendsEachOnceAndMarksTheLastChunk() {
        add(1_000, 100);
        start("b");
        sendAll();

        assertThat(sentTo("b"))
                .isEqualTo(
                        IntStream.rangeClosed(1, 1_000).mapToObj(i -> "p" + i).toList());
        assertThat(chunks)
                .extracting(Frame.Chunk::part)
                .isEqualTo(IntStream.range(0, chunks.size()).boxed().toList());
        assertThat(chunks.subList(0, chunks.size() - 1)).noneMatch(Frame.Chunk::isLast);
        assertThat(chunks.get(chunks.size() - 1).isLast()).isTrue();
        assertThat(chunks).allMatch(chunk -> chunk.revision() == 1_000 && chunk.nonce() == 7);
        assertThat(sizes).allMatch(size -> size <= FRAME);
        assertThat(snapshots.idleNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void start_withoutPresences_sendsOneEmptyChunk() {
        start("b");

        assertThat(snapshots.idleNanos()).isZero();
        assertThat(snapshots.advance(0)).isEqualTo(1);
        assertThat(chunks)
                .singleElement()
                .matches(chunk -> chunk.isLast() && chunk.copies().isEmpty());
        assertThat(snapshots.advance(MILLI)).isZero();
    }

    /* A chunk may begin as long as the bytes before it leave some. */
    @Test
    void advance_beyondTheBurst_waitsForTheRate() {
        add(10_000, 100);
        start("b");
        int first = snapshots.advance(0);
        assertThat(bytes()).isBetween(BURST, BURST + FRAME);
        assertThat(bytes() - sizes.get(first - 1)).isLessThan(BURST);

        long now = 0;
        for (int i = 0; i < 50; i++) {
            long idle = snapshots.idleNanos();
            assertThat(idle).isPositive();
            assertThat(snapshots.advance(now + idle / 2)).as("before its time").isZero();
            now += idle;
            assertThat(snapshots.advance(now)).as("at its time").isEqualTo(1);
            assertThat(bytes() - BURST).isLessThanOrEqualTo(now * BYTES_PER_MILLI / MILLI + FRAME);
        }
        assertThat(bytes() - BURST).isGreaterThan(now * BYTES_PER_MILLI / MILLI - FRAME);
    }

    @Test
    void advance_afterALongRest_sendsOneBurst() {
        add(10_000, 100);
        start("b");
        snapshots.advance(0);
        long before = bytes();
        snapshots.advance(3_600_000 * MILLI);

        assertThat(bytes() - before).isBetween(BURST, BURST + FRAME);
    }

    @Test
    void advance_ofTwoSnapshots_takesTurns() {
        add(200, 100);
        start("b");
        start("c");
        snapshots.advance(0);

        assertThat(receivers.subList(0, 6)).containsExactly("b", "c", "b", "c", "b", "c");
    }

    @Test
    void start_toTheSameMember_replacesTheFormerOneOnly() {
        add(3, 100);
        start("b");
        start("c");
        snapshots.start("b", 8, revision, list.first());
        sendAll();

        assertThat(receivers).containsExactly("c", "b");
        assertThat(chunks).extracting(Frame.Chunk::nonce).containsExactly(7L, 8L);
    }

    @Test
    void retain_ofOneMember_endsTheSnapshotsToOthers() {
        add(3, 100);
        start("b");
        start("c");
        snapshots.retain(Set.of("c", "d"));
        sendAll();

        assertThat(receivers).containsExactly("c");
    }

    @Test
    void presence_changedAfterTheStart_isNotInTheSnapshot() {
        add(3, 100);
        start("b");
        add(2, 100);
        sendAll();

        assertThat(sentTo("b")).containsExactly("p1", "p2", "p3");
        assertThat(chunks).allMatch(chunk -> chunk.revision() == 3);
    }

    @Test
    void skip_ofTheNextPresence_goesOnWithTheOneAfterIt() {
        Ownership first = add(100);
        Ownership second = add(100);
        add(100);
        start("b");
        snapshots.skip(second);
        snapshots.skip(first);
        list.remove(first);
        sendAll();

        assertThat(sentTo("b")).containsExactly("p2", "p3");
    }
}
