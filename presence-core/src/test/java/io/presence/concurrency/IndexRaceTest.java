package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * In every race of writers, readers and the dispatcher, a list by an index finds the presences with the given values.
 */
class IndexRaceTest {

    private static final int ROUNDS = 4_000;
    private static final Query EITHER = Query.equal("status", "online", "away");

    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .index("status")
            .nanoClock(() -> 0)
            .build();

    private void upsert(String id, String userId, String status) {
        store.upsert(PresenceUpsert.of(id, userId, status).expiresIn(Duration.ofHours(1)));
    }

    private void status(String id, String status) {
        store.update(id, PresencePatch.none().status(status));
    }

    private void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    private Set<String> ids(Query... queries) {
        return store.list(queries).presences().stream().map(Presence::id).collect(Collectors.toSet());
    }

    /* The value has no holder, one, or several, from one moment to the next: none may be dropped with the last. */
    @Test
    void list_whileValueLosesLastPresenceAndGainsAnother_findsIt() {
        for (int i = 0; i < 3; i++) {
            upsert("p" + i, "ada", "busy");
        }
        drain();
        Lockstep.run(
                ROUNDS,
                round -> {},
                round -> {
                    Set<String> expected = Set.of("p" + round % 3, "p" + (round + 1) % 3);
                    assertThat(ids(Query.equal("status", "online"))).isEqualTo(expected);
                    drain();
                    assertThat(ids(Query.equal("status", "online"))).isEqualTo(expected);
                    assertThat(store.explain(Query.equal("status", "online", "busy", "gone"))
                                    .candidates())
                            .as("postings left")
                            .isEqualTo(3);
                },
                round -> flip("p" + round % 3, "gone", "online"),
                round -> flip("p" + (round + 1) % 3, "gone", "online"),
                round -> flip("p" + (round + 2) % 3, "online", "busy"),
                round -> store.doWork());
    }

    private void flip(String id, String first, String last) {
        status(id, first);
        Lockstep.stagger();
        status(id, last);
    }

    /* At every moment it has one of the two values, and goes from the one read later to the one read before. */
    @Test
    void list_whilePresenceMovesBetweenValues_findsItUnderEither() {
        upsert("p", "ada", "online");
        for (int i = 0; i < 20; i++) {
            upsert("other" + i, "bob", i % 2 == 0 ? "online" : "away");
        }
        drain();
        Lockstep.run(
                ROUNDS,
                round -> {},
                round -> {},
                round -> {
                    for (int i = 0; i < 10; i++) {
                        status("p", i % 2 == 0 ? "away" : "online");
                        Lockstep.stagger();
                    }
                },
                round -> {
                    for (int i = 0; i < 10; i++) {
                        assertThat(store.count(EITHER)).isEqualTo(21);
                        assertThat(store.count(Query.equal("status", "away", "online")))
                                .isEqualTo(21);
                    }
                },
                round -> {
                    for (int i = 0; i < 10; i++) {
                        store.doWork();
                        Lockstep.stagger();
                    }
                });
    }

    @Test
    @Promise("index-transparent")
    void list_duringWrites_findsOwnWritesAndNoIdTwice() {
        Lockstep.run(
                ROUNDS,
                round -> {},
                round -> {
                    assertThat(store.count(Query.equal("userId", "ada"))).isEqualTo(1);
                    store.delete("p");
                    drain();
                    assertThat(store.explain(Query.equal("userId", "ada")).candidates())
                            .isZero();
                },
                round -> {
                    upsert("p", "ada", "online");
                    assertThat(ids(Query.equal("userId", "ada"))).containsExactly("p");
                },
                round -> {
                    upsert("p", "ada", "online");
                    assertThat(ids(Query.equal("userId", "ada"))).containsExactly("p");
                },
                round -> {
                    List<Presence> found =
                            store.list(Query.equal("userId", "ada")).presences();
                    assertThat(found).hasSizeLessThanOrEqualTo(1);
                    store.doWork();
                });
    }
}
