package io.presence.fault;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random schedules of faults. The long form: {@code -Dpresence.fault.schedules=<number> -Dpresence.fault.seed=<first>}.
 */
class FaultSchedulesTest {

    private static final Logger LOG = Logger.getLogger("io.presence");

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void store_afterAnySchedule_worksAndTellsWhatHappened() {
        long first = Long.getLong("presence.fault.seed", 1);
        long number = Long.getLong("presence.fault.schedules", 10_000);
        for (long seed = first; seed < first + number; seed++) {
            try {
                FaultSchedules.run(seed);
            } catch (Throwable thrown) {
                throw new AssertionError("the schedule of seed " + seed + " must leave a store that works", thrown);
            }
        }
    }
}
