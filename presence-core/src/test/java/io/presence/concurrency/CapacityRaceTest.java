package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** After any writes, when all presences have ended, the store has its whole capacity. */
class CapacityRaceTest {

    private static final int MAX = 8;
    private static final int IDS = 12;

    @Test
    void upsert_afterAllPresencesEnded_hasTheWholeCapacity() {
        try (ObservedStore stage = new ObservedStore(MAX)) {
            stage.delivered.withoutEvents();
            Lockstep.run(
                    1_500,
                    round -> {},
                    round -> {
                        stage.pass(1_000);
                        stage.drain();
                        assertThat(stage.delivered.statuses()).isEmpty();
                        if (round % 20 == 0) {
                            assertThat(upserts(stage, 2 * MAX))
                                    .as("upserts that fit")
                                    .isEqualTo(MAX);
                            stage.pass(1_000);
                            stage.drain();
                        }
                    },
                    round -> write(stage, 3 * round),
                    round -> write(stage, 3 * round + 1),
                    round -> {
                        for (int i = 0; i < 10; i++) {
                            stage.pass(1);
                            stage.store.doWork();
                        }
                    });
            assertThat(stage.delivered.violations()).isEmpty();
        }
    }

    private static void write(ObservedStore stage, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            String id = "p" + random.nextInt(IDS);
            if (random.nextInt(3) == 0) {
                stage.store.delete(id);
            } else {
                tryUpsert(stage, id, 1 + random.nextInt(8));
            }
        }
    }

    private static int upserts(ObservedStore stage, int wanted) {
        int fit = 0;
        for (int i = 0; i < wanted; i++) {
            fit += tryUpsert(stage, "fresh" + i, 10) ? 1 : 0;
        }
        return fit;
    }

    private static boolean tryUpsert(ObservedStore stage, String id, long millis) {
        try {
            stage.store.upsert(ObservedStore.upsert(id, "online", millis));
            return true;
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(PresenceException.Code.STORE_FULL);
            return false;
        }
    }
}
