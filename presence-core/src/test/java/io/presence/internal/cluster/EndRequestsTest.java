package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a presence that another node owns: it is requested until the owner has ended it. */
class EndRequestsTest {

    private static final NodeId OWNER = new NodeId(7, 7);
    private static final NodeId THIRD = new NodeId(8, 8);
    private static final long NUMBER = 1L << 40;
    private static final Put ADA = WiredStore.put(OWNER, "p", "ada", "online", NUMBER);

    private final WiredStore node = new WiredStore();

    @AfterEach
    void close() {
        node.close();
    }

    @BeforeEach
    void write() {
        node.members("b", "c");
        node.receive("b", OWNER, 0, ADA);
        node.receive("c", new Frame.Digest(0, THIRD, 0, 0, 0));
    }

    private void delete() {
        node.store.delete("p");
        node.rest();
    }

    private List<End> requests() {
        return node.ends().stream().filter(end -> end.claim() != null).toList();
    }

    private void loseOwner() {
        for (int i = 0; i < 6; i++) {
            node.run(400);
            node.hear("c", THIRD);
        }
        assertThat(node.status().peers()).hasSize(1);
    }

    /* An evicted node returns with a snapshot only. */
    private void returnOwner(Put put) {
        node.sent.clear();
        node.receive("b", new Frame.Digest(0, OWNER, 1, 1, Ownership.hash("p", 1)));
        node.run(100);
        node.answer("b", OWNER, 1, new Copy(1, put));
    }

    @Test
    void delete_onAnotherNode_asksForTheEndOfThatCreation() {
        delete();

        assertThat(requests()).singleElement().satisfies(end -> {
            assertThat(end.id()).isEqualTo("p");
            assertThat(end.userId()).isEqualTo("ada");
            assertThat(end.cause()).isEqualTo(Cause.DELETED);
            assertThat(end.claim().createdEpoch()).isEqualTo(NUMBER);
            assertThat(end.claim().creator()).isEqualTo(OWNER);
            assertThat(end.claim().epoch()).isGreaterThan(NUMBER);
        });
    }

    @Test
    void request_withoutAnAnswer_isRepeatedWithEachDigestUntilTheEnd() {
        delete();
        node.run(1_600);
        assertThat(requests()).hasSize(5);
        node.receive("b", OWNER, 1, new End("p", null, "ada", Cause.DELETED, 0, 0));
        node.sent.clear();
        node.run(1_600);

        assertThat(requests()).isEmpty();
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
    }

    @Test
    void presence_takenAfterTheRequest_isShown() {
        delete();
        long epoch = requests().get(0).claim().epoch();
        node.receive("b", OWNER, 1, new Put(new Claim(NUMBER, OWNER, epoch), ADA.state(), 0));

        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED", "ENTER");
        node.sent.clear();
        node.run(800);
        assertThat(requests()).isEmpty();
    }

    /* The third node had not heard of the delete. */
    @Test
    void presence_writtenElsewhereOnceTheRequestIsMet_isShown() {
        delete();
        node.receive("b", OWNER, 1, new End("p", null, "ada", Cause.DELETED, 0, 0));
        node.run(400);
        node.receive("c", THIRD, 0, WiredStore.put(THIRD, "p", "ada", "away", NUMBER));

        assertThat(node.store.get("p").status()).isEqualTo("away");
    }

    @Test
    void presence_ofAnotherUser_isNotCovered() {
        delete();
        node.receive("c", THIRD, 0, WiredStore.put(THIRD, "p", "eve", "online", NUMBER));

        assertThat(node.store.get("p").userId()).isEqualTo("eve");
        node.sent.clear();
        node.run(400);
        assertThat(requests()).as("to the owner that has not answered").hasSize(1);
    }

    /* The delete and the loss of the owner can be seen in either order by others. */
    @Test
    void owner_thatReturnsWithinTenMinutes_isAskedAgain() {
        delete();
        loseOwner();
        node.skip(Duration.ofSeconds(590));
        returnOwner(ADA);

        assertThat(node.store.get("p")).isNull();
        node.run(400);
        assertThat(requests()).isNotEmpty();
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
    }

    @Test
    void owner_thatReturnsAfterTenMinutes_isShown() {
        delete();
        loseOwner();
        node.skip(Duration.ofSeconds(600));
        returnOwner(ADA);

        assertThat(node.store.get("p")).isNotNull();
    }

    @Test
    void owner_thatReturnsWithAnotherCreation_isShown() {
        delete();
        loseOwner();
        returnOwner(new Put(new Claim(NUMBER + 1, OWNER, NUMBER + 1), ADA.state(), 0));

        assertThat(node.store.get("p")).isNotNull();
    }

    /* It is lost again: the ten minutes start anew. */
    @Test
    void owner_thatReturnsTwice_isAskedEachTime() {
        delete();
        loseOwner();
        node.skip(Duration.ofSeconds(400));
        returnOwner(ADA);
        node.run(400);
        loseOwner();
        node.skip(Duration.ofSeconds(400));
        returnOwner(ADA);

        assertThat(node.store.get("p")).isNull();
    }

    @Test
    void request_whileAnotherUserHasTheId_isNotForgottenAtTheEndOfThat() {
        delete();
        node.store.upsert(PresenceUpsert.of("p", "eve", "online"));
        node.rest();
        delete();
        node.sent.clear();
        node.run(800);

        assertThat(node.store.get("p")).isNull();
        assertThat(requests()).hasSize(2).allMatch(end -> end.userId().equals("ada"));
    }

    /* Fails if the end of an own presence drops what is kept for the owner that was lost. */
    @Test
    void keptRequest_whileOtherUsersHaveTheId_isStillKept() {
        delete();
        loseOwner();
        node.store.upsert(PresenceUpsert.of("p", "eve", "online"));
        node.rest();
        node.receive("c", THIRD, 0, WiredStore.put(THIRD, "p", "zoe", "online", NUMBER * 2));
        delete();
        assertThat(node.store.get("p").userId()).isEqualTo("zoe");
        node.receive("c", THIRD, 1, new End("p", null, "zoe", Cause.DELETED, 0, 0));
        node.run(800);
        returnOwner(ADA);

        assertThat(node.store.get("p")).isNull();
    }

    /* The own presence has taken over that of the owner, which has not said so yet. */
    @Test
    void delete_ofAPresenceTakenOver_asksTheFormerOwner() {
        node.store.touch("p");
        node.rest();
        assertThat(node.status().ownPresences()).isEqualTo(1);
        long epoch = node.puts().get(0).claim().epoch();
        delete();

        assertThat(node.store.get("p")).isNull();
        assertThat(requests())
                .singleElement()
                .satisfies(end -> assertThat(end.claim()).isEqualTo(new Claim(NUMBER, OWNER, epoch)));
        assertThat(node.eventsOf("p")).containsExactly("ENTER", "EXIT DELETED");
    }
}
