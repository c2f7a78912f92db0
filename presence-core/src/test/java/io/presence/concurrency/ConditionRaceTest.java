package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.fixture.Promise;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Threads whose writes have conditions or change parts of the metadata. Each test was seen to fail with a table that
 * judges the condition, or reads the metadata, before it takes the monitor of the entry.
 */
class ConditionRaceTest {

    private static final int ROUNDS = 5_000;
    private static final int INCREMENTS = 2_000;
    private static final PresenceUpsert ZERO =
            PresenceUpsert.of("p", "ada", "online").metadata(Map.of("n", 0));

    private static PresenceStore store() {
        return PresenceStore.builder().callerDriven().build();
    }

    private static void drain(PresenceStore store) {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    private static boolean succeeds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(Code.VERSION_CONFLICT);
            return false;
        }
    }

    private static int number(Presence presence) {
        return (int) presence.metadata().get("n");
    }

    /* Compare and set: each success adds one, whoever else wrote in between. */
    private static void increment(PresenceStore store, boolean byPatch) {
        boolean done = false;
        while (!done) {
            Presence seen = store.get("p");
            Map<String, Integer> next = Map.of("n", number(seen) + 1);
            done = succeeds(() -> {
                if (byPatch) {
                    store.update("p", PresencePatch.none().metadata(next).ifVersion(seen.version()));
                } else {
                    store.upsert(ZERO.metadata(next).ifVersion(seen.version()));
                }
            });
        }
    }

    @Test
    @Promise("condition-atomic")
    void ifVersion_ofFourThreads_losesNoIncrement() {
        try (PresenceStore store = store()) {
            store.upsert(ZERO);
            Lockstep.run(
                    INCREMENTS,
                    round -> {},
                    round -> store.doWork(),
                    round -> increment(store, true),
                    round -> increment(store, false),
                    round -> increment(store, true),
                    round -> store.touch("p"));
            assertThat(number(store.get("p"))).isEqualTo(3 * INCREMENTS);
        }
    }

    @Test
    @Promise("condition-atomic")
    void ifAbsent_ofThreeThreads_hasOneWinner() {
        try (PresenceStore store = store()) {
            AtomicInteger winners = new AtomicInteger();
            Lockstep.Actor claim = round -> winners.addAndGet(succeeds(() -> store.upsert(ZERO.ifAbsent())) ? 1 : 0);
            Lockstep.run(
                    ROUNDS,
                    round -> winners.set(0),
                    round -> {
                        assertThat(winners).hasValue(1);
                        /* Every other round starts with a tombstone. */
                        store.delete("p");
                        if (round % 2 == 0) {
                            drain(store);
                        }
                    },
                    claim,
                    claim,
                    claim);
        }
    }

    @Test
    @Promise("condition-atomic")
    void delete_racingWithWrite_endsNoOtherVersion() {
        try (PresenceStore store = store()) {
            Version[] seen = new Version[1];
            boolean[] isDeleted = new boolean[1];
            boolean[] isWritten = new boolean[1];
            Lockstep.run(
                    ROUNDS,
                    round -> seen[0] = store.upsert(ZERO.metadata(Map.of("n", -round)))
                            .presence()
                            .version(),
                    round -> {
                        assertThat(isDeleted[0] ^ isWritten[0]).isTrue();
                        assertThat(store.get("p") == null).isEqualTo(isDeleted[0]);
                        drain(store);
                    },
                    round -> isDeleted[0] = succeeds(() -> store.delete("p", seen[0])),
                    round -> isWritten[0] = succeeds(() ->
                            store.upsert(ZERO.metadata(Map.of("n", "x" + round)).ifVersion(seen[0]))));
        }
    }

    /* Each writer counts up its own key. */
    @Test
    @Promise("patch-merge")
    void patches_ofTwoKeysAtOnce_loseNothing() {
        try (PresenceStore store = store()) {
            store.upsert(ZERO);
            Lockstep.run(
                    ROUNDS,
                    round -> {},
                    round -> {
                        Map<String, Object> metadata = store.get("p").metadata();
                        assertThat(metadata).containsEntry("merged", round).containsEntry("kept", round);
                        assertThat(metadata.get("cursor")).isEqualTo(Map.of("x", round, "y", round));
                        store.doWork();
                    },
                    round -> store.update(
                            "p", PresencePatch.none().merge(Map.of("merged", round, "cursor", Map.of("x", round)))),
                    round -> store.update(
                            "p",
                            PresencePatch.none().set("metadata.kept", round).set("metadata.cursor.y", round)));
        }
    }
}
