package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The work of a snapshot as the duty cycle reports it: one operation for each presence that it examines. */
class SnapshotBudgetTest {

    private static final int PRESENCES = 5_000;
    private static final int ROUND = 128;
    private static final int LARGEST_ROUND = 1_024;
    private static final int DISPATCHED_IN_A_ROUND = 256;
    /* The other operations of a cycle: to start the subscription, end the snapshot and call the listener. */
    private static final int BESIDE = 4;

    private final TestStore test = TestStore.create(builder -> builder.index("metadata.documentId"));
    private final Recorder recorder = Recorder.chained();
    private int rounds;
    private int work;
    private int mostInARound;

    @AfterEach
    void close() {
        test.close();
    }

    private void fill() {
        for (int i = 0; i < PRESENCES; i++) {
            Map<String, Object> metadata = Map.of("documentId", "d" + i % 100, "zone", i % 100);
            test.store().upsert(PresenceUpsert.of("p" + i, "ada", "online").metadata(metadata));
        }
        test.drain();
    }

    private void snapshot(Query... filters) {
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), recorder, filters);
        int done;
        while ((done = test.store().doWork()) > 0) {
            rounds++;
            work += done;
            mostInARound = Math.max(mostInARound, done);
        }
        assertThat(recorder.synced()).containsExactly((long) PRESENCES);
    }

    @Test
    void snapshot_onIndexedAttribute_examinesItsMatchesAlone() {
        fill();

        snapshot(Query.equal("metadata.documentId", "d7"));

        assertThat(recorder.events()).hasSize(PRESENCES / 100);
        assertThat(work).isBetween(PRESENCES / 100, PRESENCES / 100 + BESIDE);
    }

    @Test
    void snapshot_onUnindexedAttribute_examinesAllPresences() {
        fill();

        snapshot(Query.equal("metadata.zone", 7));

        assertThat(recorder.events()).hasSize(PRESENCES / 100);
        assertThat(work).isBetween(PRESENCES, PRESENCES + BESIDE);
    }

    @Test
    void snapshot_ofManyPresences_takesBoundedWorkInEachCycle() {
        fill();

        snapshot();

        assertThat(recorder.events()).hasSize(PRESENCES);
        assertThat(work).isBetween(PRESENCES, PRESENCES + BESIDE);
        assertThat(rounds).isGreaterThanOrEqualTo(PRESENCES / ROUND + 1);
        assertThat(mostInARound).isLessThanOrEqualTo(ROUND + BESIDE);
    }

    @Test
    void snapshot_duringManyChanges_keepsItsShareOfEachCycle() {
        fill();
        for (int i = 0; i < PRESENCES; i++) {
            test.store().upsert(PresenceUpsert.of("p" + i, "ada", "away"));
        }
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), recorder);

        int done = test.store().doWork();

        assertThat(done - DISPATCHED_IN_A_ROUND).isBetween(LARGEST_ROUND, LARGEST_ROUND + BESIDE);
    }

    @Test
    void snapshots_ofManySubscriptions_shareTheWorkOfACycle() {
        fill();
        for (int i = 0; i < 20; i++) {
            test.store()
                    .subscribe(
                            Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), event -> {});
        }

        snapshot();

        assertThat(work).isGreaterThanOrEqualTo(21 * PRESENCES);
        assertThat(mostInARound).isLessThanOrEqualTo(ROUND + 21 * BESIDE);
    }
}
