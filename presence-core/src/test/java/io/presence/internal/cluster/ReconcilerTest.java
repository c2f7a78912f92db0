package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.internal.store.ActionSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An own presence beside what another node says of the same id. */
class ReconcilerTest {

    private static final NodeId OTHER = new NodeId(7, 7);
    private static final NodeId THIRD = new NodeId(8, 8);

    private final WiredStore node = new WiredStore();
    private Claim own;
    private long revision;

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void write() {
        node.members("b", "c");
        node.store.upsert(PresenceUpsert.of("p", "ada", "online"));
        node.rest();
        own = node.puts().get(0).claim();
        node.sent.clear();
    }

    private void receive(Operation operation) {
        node.receive("b", OTHER, revision++, operation);
    }

    private void put(String user, Claim claim) {
        Put put = WiredStore.put(OTHER, "p", user, "away", own.epoch() + revision + 1);
        receive(new Put(claim, put.state(), 0));
    }

    private Claim claim(long created, NodeId creator, long taken) {
        return new Claim(own.createdEpoch() + created, creator, own.epoch() + taken);
    }

    private void request(String user, long taken, Cause cause) {
        receive(new End("p", claim(0, own.creator(), taken), user, cause, 0, 0));
    }

    private void assertUndisturbed() {
        assertThat(node.store.get("p").status()).isEqualTo("online");
        assertThat(node.status().ownPresences()).isEqualTo(1);
        assertThat(node.status().replaced()).isZero();
        assertThat(node.eventsOf("p")).containsExactly("ENTER");
        assertThat(node.operations()).isEmpty();
    }

    @Test
    void requested_byAnotherNodeThatWroteLater_endsThePresence() {
        request("ada", 1, Cause.EXPIRED);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT EXPIRED");
        assertThat(node.ends()).singleElement().satisfies(end -> {
            assertThat(end.claim()).isNull();
            assertThat(end.cause()).isEqualTo(Cause.EXPIRED);
        });
        assertThat(node.status().ownPresences()).isZero();
    }

    @Test
    void requested_beforeTheLastTakeover_doesNothing() {
        request("ada", 0, Cause.DELETED);
        request("ada", -1, Cause.DELETED);

        assertUndisturbed();
    }

    @Test
    void requested_forAnotherUser_doesNothing() {
        request("eve", 1, Cause.DELETED);

        assertUndisturbed();
    }

    /* The node is not lost: it is the one that reads the request. */
    @Test
    void requested_asNodeLost_isADelete() {
        request("ada", 1, Cause.NODE_LOST);

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
    }

    @Test
    void put_thatHasTakenOver_isShownWithoutAnEnd() {
        put("ada", claim(0, own.creator(), 1));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        assertThat(node.status().ownPresences()).isZero();
        assertThat(node.status().replaced()).isEqualTo(1);
        assertThat(node.ends()).singleElement().isEqualTo(new End("p", null, "ada", Cause.REPLACED, 0, 0));
    }

    /* A third node would lose both if this one gave way before the other has taken over the creation. */
    @Test
    void put_ofALaterCreation_isAwaitedUntilItHasTakenThatOver() {
        put("ada", claim(5, OTHER, 5));
        assertUndisturbed();
        put("ada", claim(0, own.creator(), 5));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "UPDATE");
        assertThat(node.ends()).hasSize(1);
    }

    @Test
    void put_ofAnEarlierCreationTakenBefore_givesItsCreation() {
        put("ada", claim(-5, OTHER, -5));

        assertThat(node.store.get("p").status()).isEqualTo("online");
        assertThat(node.puts())
                .singleElement()
                .satisfies(sent -> assertThat(sent.claim()).isEqualTo(claim(-5, OTHER, 0)));
        assertThat(node.eventsOf("p")).containsExactly("ENTER");
        put("ada", claim(-5, OTHER, -4));
        assertThat(node.puts()).as("only once").hasSize(1);
    }

    @Test
    void put_takenBeforeTheOwnPresence_changesNothing() {
        put("ada", claim(0, own.creator(), -1));

        assertUndisturbed();
    }

    /* The dispatcher captures the write after it has read the frame, since other writes are before it. */
    @Test
    void put_thatIsReadBeforeAnOwnWrite_isDecidedAfterTheWrite() {
        for (int i = 0; i < 600; i++) {
            node.store.upsert(PresenceUpsert.of("q" + i, "ada", "online"));
        }
        node.store.upsert(PresenceUpsert.of("late", "eve", "online"));
        receive(new Put(
                claim(-1, OTHER, -1),
                WiredStore.put(OTHER, "late", "ada", "away", 1).state(),
                0));

        assertThat(node.store.get("late").userId()).isEqualTo("ada");
        assertThat(node.eventsOf("late")).containsExactly("ENTER", "EXIT REPLACED", "ENTER");
        assertThat(node.status().replaced()).isEqualTo(1);
    }

    /* The delete and the creation are captured after the takeover was read: the creation is the later write. */
    @Test
    void put_thatIsReadBeforeTheOwnPresenceIsCreatedAgain_isTakenOver() {
        for (int i = 0; i < 600; i++) {
            node.store.upsert(PresenceUpsert.of("q" + i, "ada", "online"));
        }
        node.store.delete("p");
        node.store.upsert(PresenceUpsert.of("p", "ada", "again"));
        put("ada", claim(0, own.creator(), 1 << 20));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED", "ENTER");
        assertThat(node.store.get("p").status()).isEqualTo("again");
        List<Put> puts = node.puts();
        Claim taken = puts.get(puts.size() - 1).claim();
        assertThat(taken.createdEpoch()).isEqualTo(own.createdEpoch());
        assertThat(taken.epoch()).isGreaterThan(own.epoch() + (1 << 20));
    }

    @Test
    void action_ofAPut_isThatOfItsWriter() {
        Put put = WiredStore.put(OTHER, "q", "ada", "away", own.epoch() + 100);
        receive(new Put(put.claim(), put.state(), ActionSet.mask(Action.UPSERT)));
        Put update = WiredStore.put(OTHER, "q", "ada", "busy", own.epoch() + 101);
        receive(new Put(put.claim(), update.state(), ActionSet.mask(Action.UPDATE)));
        Put replace = WiredStore.put(OTHER, "q", "ada", "gone", own.epoch() + 102);
        receive(new Put(put.claim(), replace.state(), ActionSet.mask(Action.UPSERT)));

        assertThat(node.events.events().stream()
                        .filter(event -> event.presence().id().equals("q"))
                        .map(PresenceEvent::action))
                .containsExactly(Action.UPSERT, Action.UPDATE, Action.UPSERT);
    }

    @Test
    void put_ofAnotherUserCreatedBefore_endsTheOwnPresence() {
        put("eve", claim(-1, OTHER, -1));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT REPLACED", "ENTER");
        assertThat(node.store.get("p").userId()).isEqualTo("eve");
        assertThat(node.status().replaced()).isEqualTo(1);
        assertThat(node.status().ownPresences()).isZero();
    }

    @Test
    void put_ofAnotherUserCreatedAfter_isShownOnceTheOwnPresenceHasEnded() {
        put("eve", claim(1, OTHER, 1));
        assertUndisturbed();
        node.store.delete("p");
        node.rest();

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED", "ENTER");
        assertThat(node.store.get("p").userId()).isEqualTo("eve");
        assertThat(node.ends())
                .singleElement()
                .satisfies(end ->
                        assertThat(end.claim()).as("no request to another user").isNull());
    }

    /* An end of which this node does not know is one of a presence that it has taken over. */
    @Test
    void end_ofTheFormerOwner_leavesTheOwnPresence() {
        put("ada", claim(-5, OTHER, -5));
        receive(new End("p", null, "ada", Cause.DELETED, 0, 0));

        assertThat(node.store.get("p").status()).isEqualTo("online");
        assertThat(node.status().peers().get(0).presences()).isZero();
        assertThat(node.eventsOf("p")).containsExactly("ENTER");
    }

    @Test
    void upsert_ofAPresenceOfAnotherNode_takesItOverWithItsCreation() {
        receive(WiredStore.put(OTHER, "q", "ada", "away", own.epoch() + 100));
        node.store.upsert(PresenceUpsert.of("q", "ada", "online"));
        node.rest();

        Claim taken = node.puts().get(0).claim();
        assertThat(taken.createdEpoch()).isEqualTo(own.epoch() + 100);
        assertThat(taken.creator()).isEqualTo(OTHER);
        assertThat(taken.epoch()).isGreaterThan(own.epoch() + 100);
        assertThat(node.eventsOf("q")).containsExactly("ENTER", "UPDATE");
    }

    @Test
    void end_ofAnotherNodesPresence_hasTheTimesOfThatNode() {
        receive(WiredStore.put(OTHER, "q", "ada", "away", own.epoch() + 100));
        node.run(1_000);
        receive(new End("q", null, "ada", Cause.EXPIRED, 300, 500));

        assertThat(node.events.events())
                .filteredOn(event -> event.cause() == Cause.EXPIRED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(Duration.between(event.lastSeenAt(), event.endedAt()))
                            .isEqualTo(Duration.ofMillis(500));
                    assertThat(Duration.between(event.endedAt(), node.now())).isEqualTo(Duration.ofMillis(300));
                });
    }

    @Test
    void end_ofAnOwnPresence_saysSinceWhenInMilliseconds() {
        node.store.upsert(PresenceUpsert.of("q", "ada", "online").expiresIn(Duration.ofSeconds(1)));
        node.rest();
        node.skip(Duration.ofMillis(1_300));

        assertThat(node.ends()).singleElement().satisfies(end -> {
            assertThat(end.cause()).isEqualTo(Cause.EXPIRED);
            assertThat(end.sinceMillis()).isEqualTo(1_000);
            assertThat(end.endedAgoMillis()).isEqualTo(300);
        });
    }
}
