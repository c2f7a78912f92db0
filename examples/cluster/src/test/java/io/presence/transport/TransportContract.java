package io.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.cluster.ClusterTransport;
import io.presence.transport.RecordingReceiver.Received;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link ClusterTransport}, which the transport over each engine has to pass. */
public abstract class TransportContract {

    /** A member as the test sees it: its transport and what it has received. */
    protected record Peer(ClusterTransport transport, RecordingReceiver received) {

        void broadcast(String text) {
            transport.broadcast(bytes(text));
        }

        void send(String member, String text) {
            transport.send(member, bytes(text));
        }

        /** Waits for the text of another peer, and returns the name of that peer as this one knows it. */
        String nameOf(Peer other, String text) {
            return received.awaitFrame(frame -> frame.text().equals(text), () -> other.broadcast(text))
                    .member();
        }
    }

    private final List<Peer> open = new ArrayList<>();

    /** The cluster of this test. */
    protected abstract TransportCluster cluster();

    @AfterEach
    void closeAll() throws Exception {
        cluster().close();
        open.forEach(peer -> peer.transport().close());
    }

    private Peer join(String name) throws Exception {
        Peer peer = new Peer(cluster().create(name), new RecordingReceiver());
        peer.transport.start(peer.received);
        open.add(peer);
        return peer;
    }

    /** Three peers that see each other. */
    private List<Peer> three() throws Exception {
        List<Peer> peers = List.of(join("a"), join("b"), join("c"));
        peers.forEach(peer -> peer.received.awaitMembers(2));
        return peers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void start_alone_reportsNoMembers() throws Exception {
        assertThat(join("a").received.awaitMembers(0)).isEmpty();
    }

    @Test
    void frame_toAll_arrivesAtEachOtherFromItsSender() throws Exception {
        List<Peer> peers = three();

        Set<String> senders = new HashSet<>();
        for (Peer sender : peers) {
            senders.add(peers.get((peers.indexOf(sender) + 1) % 3).nameOf(sender, "from " + peers.indexOf(sender)));
        }
        assertThat(senders).hasSize(3);
        for (Peer peer : peers) {
            int self = peers.indexOf(peer);
            peer.received.await(
                    () -> peer.received.frames().stream()
                                    .map(Received::text)
                                    .distinct()
                                    .count()
                            == 2,
                    "frames of both others",
                    () -> peers.forEach(other -> other.broadcast("from " + peers.indexOf(other))));
            assertThat(peer.received.frames())
                    .allSatisfy(frame -> assertThat(peer.received.members()).contains(frame.member()))
                    .noneMatch(frame -> frame.text().equals("from " + self));
        }
    }

    @Test
    void frame_toOne_arrivesOnlyThere() throws Exception {
        List<Peer> peers = three();
        Peer a = peers.get(0);
        Peer b = peers.get(1);
        Peer c = peers.get(2);
        String nameOfB = a.nameOf(b, "b is here");

        b.received.awaitFrame(frame -> frame.text().equals("for b"), () -> a.send(nameOfB, "for b"));
        c.nameOf(a, "after that");

        assertThat(c.received.frames()).extracting(Received::text).doesNotContain("for b");
        assertThat(a.received.frames()).extracting(Received::text).doesNotContain("for b", "after that");
    }

    @Test
    void frame_toAMemberThatIsNotKnown_isDropped() throws Exception {
        Peer a = join("a");
        Peer b = join("b");
        a.received.awaitMembers(1);
        b.received.awaitMembers(1);

        a.send("nobody", "lost");
        b.nameOf(a, "after that");

        assertThat(b.received.frames()).extracting(Received::text).doesNotContain("lost");
    }

    @Test
    void frame_ofEachSize_arrivesUnchanged() throws Exception {
        Peer a = join("a");
        Peer b = join("b");
        a.received.awaitMembers(1);
        b.received.awaitMembers(1);
        String nameOfB = a.nameOf(b, "b is here");

        for (int size : new int[] {1, 1000, 59_999, a.transport.maxFrameBytes(), 100_000, 400_000}) {
            byte[] frame = new byte[size];
            new Random(size).nextBytes(frame);
            b.received.awaitFrame(
                    received -> java.util.Arrays.equals(received.frame(), frame), () -> a.transport.broadcast(frame));
            frame[0]++;
            b.received.awaitFrame(
                    received -> java.util.Arrays.equals(received.frame(), frame),
                    () -> a.transport.send(nameOfB, frame.clone()));
        }
    }

    @Test
    void members_whenOneLeaves_areTheFullSetOfTheOthers() throws Exception {
        List<Peer> peers = three();
        Peer leaver = join("d");
        peers.forEach(peer -> peer.received.awaitMembers(3));
        String name = peers.get(0).nameOf(leaver, "d is here");
        assertThat(peers.get(0).received.members()).contains(name);

        open.remove(leaver);
        leaver.transport.close();

        peers.forEach(peer -> peer.received.awaitMembers(2));
        assertThat(peers.get(0).received.members()).doesNotContain(name);
        assertThatThrownBy(() -> leaver.broadcast("late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void frames_sentBeforeTheClose_arrive() throws Exception {
        Peer a = join("a");
        Peer b = join("b");
        a.received.awaitMembers(1);
        b.nameOf(a, "connected");

        for (int i = 0; i < 200; i++) {
            a.transport.broadcast(new byte[10_000]);
        }
        a.broadcast("farewell");
        open.remove(a);
        a.transport.close();

        b.received.awaitFrame(frame -> frame.text().equals("farewell"), () -> {});
        b.received.awaitMembers(0);
    }

    @Test
    void members_whenOneCrashes_areTheFullSetOfTheOthers() throws Exception {
        List<Peer> peers = three();
        Peer lost = peers.get(2);
        String name = peers.get(0).nameOf(lost, "c is here");

        open.remove(lost);
        cluster().crash(lost.transport);

        assertThat(peers.get(0).received.awaitMembers(1)).doesNotContain(name);
        peers.get(1).received.awaitMembers(1);
    }

    @Test
    void member_thatRestartsUnderItsName_isAnotherOne() throws Exception {
        Peer a = join("a");
        Peer b = join("b");
        String before = a.nameOf(b, "before");
        open.remove(b);
        cluster().crash(b.transport);

        Peer again = join("b");
        String after = a.nameOf(again, "after");

        assertThat(after).isNotEqualTo(before);
        a.received.await(() -> a.received.members().equals(Set.of(after)), "the new one without the old one", () -> {});
    }

    /** With a sender that waits for each receiver, the broadcasts do not end before the receiver goes on. */
    @Test
    void receiver_thatDoesNotReturn_blocksNoSenderAndNoOtherReceiver() throws Exception {
        List<Peer> peers = three();
        Peer a = peers.get(0);
        CountDownLatch released = new CountDownLatch(1);
        peers.get(1).received.blockUntil(released);
        CountDownLatch sent = new CountDownLatch(1);
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                a.transport.broadcast(new byte[20_000]);
            }
            sent.countDown();
        });
        try {
            sender.start();
            assertThat(sent.await(RecordingReceiver.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            peers.get(2).nameOf(a, "to the others");
            assertThat(released.getCount()).isOne();
        } finally {
            released.countDown();
            sender.join();
        }
    }

    @Test
    void members_afterACutAndItsHealing_areAllAgain() throws Exception {
        List<Peer> peers = three();
        Peer c = peers.get(2);

        cluster().cut(c.transport);
        c.received.awaitMembers(0);
        peers.get(0).received.awaitMembers(1);
        peers.get(1).received.awaitMembers(1);
        peers.get(1).nameOf(peers.get(0), "on one side");
        /* Afterwards it may arrive: it is sent until the other one has it, and a queue sends it. */
        assertThat(c.received.frames()).extracting(Received::text).doesNotContain("on one side");

        cluster().heal();
        peers.forEach(peer -> peer.received.awaitMembers(2));
        peers.get(0).nameOf(c, "healed");
        c.nameOf(peers.get(1), "healed as well");
    }
}
