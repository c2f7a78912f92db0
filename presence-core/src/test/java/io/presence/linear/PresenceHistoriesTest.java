package io.presence.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Histories of three threads on a store, each of which one thread must be able to make. The long form is
 * {@code -Dhistories=<number> -Dhistories.seed=<first>}. A seed gives the calls, but not their order.
 *
 * <p><b>Mutation evidence.</b> Each of these changes made it fail, in one run, after that many histories:
 *
 * <ul>
 *   <li>1 with a {@code get} that ignores the deadline, 16 with one that returns the state dispatched last;
 *   <li>27 with a {@code touch} that ignores the deadline, 33 with an end that is not final;
 *   <li>56 with a {@code delete} that ignores the deadline;
 *   <li>85 with a patch that does not take the monitor;
 *   <li>101 with a table that adds an entry in place of another;
 *   <li>353 with a condition that an upsert judges before it takes the monitor, 943 with one of {@code delete};
 *   <li>363 with a write to an entry that is no longer in the table;
 *   <li>13,823 with a {@code touch} that does not compare the word of the lease.
 * </ul>
 */
class PresenceHistoriesTest {

    private static final int ROUNDS = 500;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    @Promise("linearizable")
    void operations_ofThreads_areLinearizable() {
        long number = Long.getLong("histories", 5_000);
        long seed = Long.getLong("histories.seed", 1);
        long checked = 0;
        while (checked < number) {
            List<History> histories = HistoryRecorder.record(seed + checked * ROUNDS, ROUNDS);
            assertThat(histories.stream().filter(history -> !history.isLinearizable()))
                    .as("histories, after %s, that are not linearizable", checked)
                    .isEmpty();
            checked += histories.size();
        }
    }

    /* Threads that wait for each other, or calls that are all refused, would show nothing. */
    @Test
    void record_ofManyRounds_hasOverlapsAndEachResult() {
        List<Call> calls = new ArrayList<>();
        int overlaps = 0;
        for (History history : HistoryRecorder.record(1, ROUNDS)) {
            calls.addAll(history.calls());
            overlaps += hasOverlap(history.calls()) ? 1 : 0;
        }
        assertThat(overlaps).isPositive();
        assertThat(calls).extracting(call -> call.answer().result()).contains(Answer.Result.values());
        assertThat(calls).extracting(call -> call.operation().kind()).contains(Operation.Kind.values());
    }

    private static boolean hasOverlap(List<Call> calls) {
        return calls.stream()
                .anyMatch(one ->
                        calls.stream().anyMatch(other -> one != other && !one.precedes(other) && !other.precedes(one)));
    }
}
