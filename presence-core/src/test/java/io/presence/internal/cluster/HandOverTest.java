package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Cause;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A presence that its owner has given to another node, which has not been heard yet. The lease is two seconds. */
class HandOverTest {

    private static final NodeId OWNER = new NodeId(7, 7);
    private static final NodeId NEXT = new NodeId(8, 8);
    private static final long NUMBER = 1L << 40;

    private WiredStore node = new WiredStore();

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void handOver() {
        node.members("b", "c");
        node.receive("b", OWNER, 0, put(OWNER, "p", "ada", 0), replaced("p"));
    }

    private static Put put(NodeId origin, String id, String user, int later) {
        return WiredStore.put(origin, id, user, "by " + origin, NUMBER + later);
    }

    private static End replaced(String id) {
        return new End(id, null, "ada", Cause.REPLACED, 0, 0);
    }

    private void hear() {
        node.receive("b", new Frame.Digest(0, OWNER, 2, 0, 0));
    }

    @Test
    void presence_withoutANextOwner_endsAfterTheLease() {
        node.run(1_000);
        hear();
        node.run(980);
        assertThat(node.eventsOf("p")).containsExactly("ENTER");
        node.run(20);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT NODE_LOST");
        assertThat(node.status().peers().get(0).presences()).isZero();
    }

    /* The digests are sent at other times. */
    @Test
    void idleTime_whileOneIsHandedOver_endsAtItsDeadline() {
        node.run(180);
        node.receive("b", OWNER, 2, put(OWNER, "q", "ada", 1), replaced("q"));
        node.run(1_000);
        hear();
        node.run(880);
        assertThat(node.idleMillis()).isEqualTo(120);
        node.run(120);

        assertThat(node.eventsOf("q")).containsExactly("ENTER", "EXIT NODE_LOST");
    }

    @Test
    void put_byTheNextOwner_isShownWithoutAnEnd() {
        node.run(1_000);
        node.receive("c", NEXT, 0, put(NEXT, "p", "ada", 1));
        hear();
        node.run(1_500);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        assertThat(node.status().peers()).extracting(peer -> peer.presences()).containsExactly(0L, 1L);
    }

    /* The owner has given it up, so it no longer keeps the id from another user. */
    @Test
    void put_ofAnotherUserCreatedLater_isShown() {
        node.receive("c", NEXT, 0, put(NEXT, "p", "eve", 1));

        assertThat(node.store.get("p").userId()).isEqualTo("eve");
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT REPLACED", "ENTER");
    }

    @Test
    void put_byTheFormerOwner_isANewOwnership() {
        node.receive("b", OWNER, 2, put(OWNER, "p", "ada", 2));
        node.run(1_500);
        hear();
        node.run(1_500);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "UPDATE");
    }

    /* Fails if a presence that was handed over is counted twice, or is never taken off. */
    @Test
    void handOvers_ofOnePresence_leaveRoomForOthers() {
        node.close();
        node = new WiredStore(options -> options.maxReplicas(3));
        node.members("b", "c");
        node.receive("b", OWNER, 0, put(OWNER, "p", "ada", 0));
        for (int i = 0; i < 10; i++) {
            node.receive("b", OWNER, 2 * i + 1, replaced("p"));
            node.receive("c", NEXT, 2 * i, put(NEXT, "p", "ada", 2 * i + 1));
            node.receive("c", NEXT, 2 * i + 1, replaced("p"));
            node.receive("b", OWNER, 2 * i + 2, put(OWNER, "p", "ada", 2 * i + 2));
        }
        node.receive("b", OWNER, 21, put(OWNER, "q", "ada", 50), put(OWNER, "r", "ada", 51));
        assertThat(node.store.get("r")).isNotNull();
        node.receive("b", OWNER, 23, put(OWNER, "s", "ada", 52));

        assertThat(node.store.get("s")).as("beyond the limit").isNull();
    }

    /* The node that has left cannot write any more, so the first write of another one replaces its presence. */
    @Test
    void put_whileTheOwnerHasLeft_replacesItWhateverItsNumber() {
        node.receive("b", OWNER, 2, put(OWNER, "q", "ada", 100));
        node.receive("b", new Frame.Bye(0, OWNER, 3, 5_000));
        node.receive("c", NEXT, 0, put(NEXT, "q", "ada", 1));

        assertThat(node.store.get("q").status()).isEqualTo("by " + NEXT);
        assertThat(node.status().peers()).extracting(peer -> peer.presences()).containsExactly(0L, 1L);
    }

    /* A farewell that was false: the node is there, and is no longer one that has left. */
    @Test
    void put_onceTheOwnerThatHasLeftIsBack_leavesItsPresence() {
        node.receive("b", new Frame.Bye(0, OWNER, 2, 0));
        node.receive("b", new Frame.Digest(0, OWNER, 3, 1, 0));
        node.skip(Duration.ofMillis(60));
        node.answer("b", OWNER, 3, new Copy(3, put(OWNER, "q", "ada", 1)));
        node.receive("c", NEXT, 0, put(NEXT, "q", "ada", 5));
        assertThat(node.store.get("q").status()).isEqualTo("by " + NEXT);
        node.receive("c", NEXT, 1, new End("q", null, "ada", Cause.DELETED, 0, 0));

        assertThat(node.store.get("q").status()).isEqualTo("by " + OWNER);
    }
}
