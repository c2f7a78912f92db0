package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.fixture.HeapHistogram;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An ended presence releases its state when its end is dispatched, even if its deadline is far. */
class StateReleaseTest {

    private static final int MANY = 2_000;
    private static final int FILL = 10_000;
    /* The newest records, which the matcher keeps to estimate selectivity. */
    private static final int SAMPLED = 100;
    private static final String STATE = "io.presence.internal.store.PresenceState";

    private final TestStore test = TestStore.create(builder -> builder.historySize(0));

    StateReleaseTest() {
        /* The wheel compacts when half of it is stale: these keep it from that. */
        for (int i = 0; i < MANY; i++) {
            upsert("live" + i, "");
        }
        test.store().subscribe(Channel.presences(), event -> {});
        test.drain();
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id, String fill) {
        test.store()
                .upsert(PresenceUpsert.of(id, "ada", "online")
                        .metadata(Map.of("fill", fill))
                        .expiresIn(Duration.ofDays(30)));
    }

    private static String fill(int seed) {
        return ("" + seed).repeat(FILL / ("" + seed).length());
    }

    private void assertHeldAsBefore(HeapHistogram before) {
        long atMost = before.bytes() + (long) MANY * FILL / 10;
        HeapHistogram after = HeapHistogram.read(heap -> heap.bytes() < atMost);
        assertThat(after.objects().get(STATE)).isLessThan(before.objects().get(STATE) + SAMPLED);
        assertThat(after.bytes()).isLessThan(atMost);
    }

    @Test
    @Promise("ended-state-released")
    void delete_ofManyWithFarDeadlines_releasesTheirStates() {
        HeapHistogram before = HeapHistogram.least();
        for (int i = 0; i < MANY - 1; i++) {
            upsert("gone" + i, fill(i));
            test.drain();
            test.store().delete("gone" + i);
            test.drain();
        }
        assertHeldAsBefore(before);
    }

    @Test
    void upsert_onDeletedPresences_releasesTheFormerStates() {
        HeapHistogram before = HeapHistogram.least();
        for (int i = 0; i < MANY - 1; i++) {
            upsert("one", fill(i));
            test.drain();
            test.store().delete("one");
        }
        test.drain();
        assertHeldAsBefore(before);
    }

    @Test
    void delete_beforeDispatch_releasesTheStates() {
        HeapHistogram before = HeapHistogram.least();
        for (int i = 0; i < MANY; i++) {
            upsert("never" + i, fill(i));
            test.store().delete("never" + i);
        }
        assertHeldAsBefore(before);
    }
}
