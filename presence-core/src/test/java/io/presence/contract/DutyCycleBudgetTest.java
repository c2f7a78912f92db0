package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The budget of one duty cycle, measured by the events that it delivers and by the work that it reports. */
class DutyCycleBudgetTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final int PRESENCES = 3_000;
    private static final int CHANGES = 256;
    private static final int TIMERS = 1_024;
    /* The number of timers that the wheel schedules at a time. */
    private static final int SLICE = 64;

    private final TestStore test = TestStore.create();
    private final Recorder recorder = test.follow(test.store());

    @AfterEach
    void close() {
        test.close();
    }

    private void fill() {
        for (int i = 0; i < PRESENCES; i++) {
            write("p" + i);
        }
    }

    private void write(String id) {
        test.store().upsert(PresenceUpsert.of(id, "ada", "online").expiresIn(TTL));
    }

    /** Runs duty cycles until there is nothing to do, and returns the most events of a cycle. */
    private int mostDeliveredInACycle() {
        int most = 0;
        while (test.store().doWork() > 0) {
            most = Math.max(most, recorder.take().size());
        }
        return most;
    }

    @Test
    void doWork_afterManyWrites_dispatchesABudgetPerCycle() {
        fill();

        assertThat(mostDeliveredInACycle()).isEqualTo(CHANGES);
        assertThat(test.store().stats().events()).isEqualTo(PRESENCES);
    }

    @Test
    void doWork_afterManyExpirations_dispatchesABudgetPerCycle() {
        fill();
        test.drain();
        recorder.take();

        test.clock().advance(TTL);

        assertThat(mostDeliveredInACycle()).isBetween(CHANGES, CHANGES + SLICE);
        assertThat(test.store().stats().events()).isEqualTo(2 * PRESENCES);
        assertThat(test.store().stats().presences()).isZero();
    }

    @Test
    void doWork_writeDuringManyExpirations_isDispatchedInTheNextCycle() {
        fill();
        test.drain();
        test.clock().advance(TTL);
        test.store().doWork();
        recorder.take();

        write("new");
        test.store().doWork();

        assertThat(recorder.take()).extracting(event -> event.presence().id()).contains("new");
    }

    /* To visit an entry costs less than to end it, and the sweep must keep pace with entries that are rescheduled. */
    @Test
    void round_withoutExpirations_reschedulesUpToFullBudget() {
        fill();
        test.drain();
        recorder.take();
        test.clock().advance(TTL.dividedBy(2));
        for (int i = 0; i < PRESENCES; i++) {
            test.store().touch("p" + i);
        }

        test.clock().advance(TTL.dividedBy(2));

        assertThat(test.store().doWork()).isEqualTo(TIMERS);
        assertThat(recorder.take()).isEmpty();
    }
}
