package io.presence.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.system.SystemWorkload.QueryMix;
import io.presence.bench.system.peer.Interest;
import io.presence.bench.system.peer.Row;
import io.presence.bench.system.peer.RowListener;
import io.presence.bench.system.peer.RowStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All candidates must deliver the same changes to the same listeners. */
class SystemCandidateTest {

    private static final int PRESENCES = 200;
    private static final int QUERIES = 20;
    private static final int PASSES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Records the changes of each id. Changes of several presences may come in any order. */
    private static final class RecordingRowListener implements RowListener {
        private final Map<String, List<String>> byId = new ConcurrentHashMap<>();
        private final AtomicInteger calls;

        RecordingRowListener(AtomicInteger calls) {
            this.calls = calls;
        }

        private void add(String id, String change) {
            byId.computeIfAbsent(id, key -> new ArrayList<>()).add(change);
            calls.incrementAndGet();
        }

        @Override
        public void enter(String id, long number) {
            add(id, "enter " + number);
        }

        @Override
        public void update(String id, long number) {
            add(id, "update " + number);
        }

        @Override
        public void exit(String id) {
            add(id, "exit");
        }
    }

    @ParameterizedTest
    @EnumSource
    void upsert_anyCandidate_deliversChangesThatMatchTheInterest(SystemCandidate candidate) {
        SystemWorkload workload = new SystemWorkload(QueryMix.MIXED, PRESENCES, QUERIES, 1);
        AtomicInteger calls = new AtomicInteger();
        List<RecordingRowListener> recorders = workload.interests().stream()
                .map(interest -> new RecordingRowListener(calls))
                .toList();
        try (RowStore rows = candidate.create()) {
            int written = 0;
            for (; written < PRESENCES; written++) {
                rows.upsert(workload.row(written));
            }
            rows.ready();
            for (int i = 0; i < QUERIES; i++) {
                rows.listen(workload.interests().get(i), recorders.get(i));
            }
            rows.ready();
            int all = 0;
            while (written < PRESENCES * PASSES) {
                all += workload.deliveries(written);
                rows.upsert(workload.row(written++));
                if (written % PRESENCES == 0) {
                    await(calls, all);
                }
            }
        }
        assertThat(recorders).extracting(listener -> listener.byId).isEqualTo(expected(workload));
        assertThat(recorders)
                .flatExtracting(listener -> listener.byId.values())
                .asString()
                .contains("enter", "update", "exit");
    }

    private static void await(AtomicInteger calls, int all) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (calls.get() < all && System.nanoTime() - deadline < 0) {
            Thread.yield();
        }
        assertThat(calls).hasValue(all);
    }

    private static List<Map<String, List<String>>> expected(SystemWorkload workload) {
        return workload.interests().stream()
                .map(interest -> expected(workload, interest))
                .toList();
    }

    private static Map<String, List<String>> expected(SystemWorkload workload, Interest interest) {
        Map<String, List<String>> byId = new HashMap<>();
        for (int number = PRESENCES; number < PRESENCES * PASSES; number++) {
            Row after = workload.row(number);
            boolean seesBefore = interest.includes(workload.row(number - PRESENCES));
            boolean seesAfter = interest.includes(after);
            if (seesBefore || seesAfter) {
                String change = !seesAfter ? "exit" : (seesBefore ? "update " : "enter ") + number;
                byId.computeIfAbsent(after.id(), key -> new ArrayList<>()).add(change);
            }
        }
        return byId;
    }
}
