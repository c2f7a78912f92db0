package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random schedules of faults, all of them with a log that throws. The long form:
 * {@code -Dpresence.fault.schedules=<number> -Dpresence.fault.seed=<first>}.
 */
class FaultSchedulesTest {

    private static final Logger LOG = Logger.getLogger("io.presence");
    /* One schedule with threads takes as long as so many without. */
    private static final int PER_THREADED = 40;

    private static final FailingHandler HANDLER = new FailingHandler();

    /** A log that throws whenever it is written to, and so is what is behind a {@link System.Logger}. */
    private static final class FailingHandler extends Handler {

        private final AtomicLong records = new AtomicLong();

        @Override
        public void publish(LogRecord record) {
            if (records.incrementAndGet() % 2 == 0) {
                throw new OutOfMemoryError("injected");
            }
            throw new IllegalStateException("injected");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeAll
    static void failToLog() {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(HANDLER);
    }

    @AfterAll
    static void log() {
        LOG.removeHandler(HANDLER);
        LOG.setUseParentHandlers(true);
    }

    private static long first() {
        return Long.getLong("presence.fault.seed", 1);
    }

    private static long number() {
        return Long.getLong("presence.fault.schedules", 10_000);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    @Promise("works-after-faults")
    void store_withThreadsAfterAnySchedule_worksAndCountsTheFaults() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        long recordsBefore = HANDLER.records.get();
        try {
            for (long seed = first(); seed < first() + number() / PER_THREADED; seed++) {
                runWithThreads(seed, pool);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(HANDLER.records.get()).as("records that threw").isGreaterThan(recordsBefore);
    }

    private static void runWithThreads(long seed, ExecutorService pool) {
        try {
            ThreadedFaultSchedules.run(seed, pool);
        } catch (Throwable thrown) {
            throw new AssertionError("the schedule of seed " + seed + " must leave a store that works", thrown);
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    @Promise("works-after-faults")
    void store_afterAnySchedule_worksAndReportsTheFaults() {
        long first = first();
        long number = number();
        for (long seed = first; seed < first + number; seed++) {
            try {
                FaultSchedules.run(seed);
            } catch (Throwable thrown) {
                throw new AssertionError("the schedule of seed " + seed + " must leave a store that works", thrown);
            }
        }
    }
}
