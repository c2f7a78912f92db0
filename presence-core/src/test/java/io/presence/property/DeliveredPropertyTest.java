package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of writes, rounds, turns, pauses, requests and ends, with calls of {@code delivered()} between. At
 * the moment at which one completes, each listener that could be called all the time has what was written before; and
 * once all is driven until nothing is left to do, all have completed.
 */
class DeliveredPropertyTest {

    private static final int SCHEDULES = 1_000;
    private static final int STEPS = 80;
    private static final int IDS = 4;
    private static final String GONE = "gone ";

    @Test
    @Promise("delivered-complete")
    void delivered_inAnySchedule_completesNeitherEarlyNorNever() {
        int checked = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            checked += new Schedule(seed).run();
        }
        assertThat(checked).isGreaterThan(SCHEDULES);
    }

    /** A listener that a schedule drives, and what it has seen. */
    private static final class Driven implements PresenceListener {
        private final ManualExecutor executor = new ManualExecutor();
        private final Map<String, String> seen = new HashMap<>();
        /* The events before a reset count as delivered too. */
        private final Map<String, String> seenBefore = new HashMap<>();
        private long demand = Long.MAX_VALUE;
        private boolean isPaused;
        private boolean isClosed;
        private Subscription subscription;

        @Override
        public void onEvent(PresenceEvent event) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            if (event.change() == PresenceEvent.Change.EXIT) {
                seen.remove(event.presence().id());
            } else {
                seen.put(event.presence().id(), event.presence().status());
            }
        }

        @Override
        public void onReset() {
            seenBefore.putAll(seen);
            seen.clear();
        }

        boolean isExpected() {
            return !isPaused && !isClosed && demand > 0;
        }
    }

    /** A call of {@code delivered()}. */
    private static final class Awaited {
        private final Map<String, String> written;
        private final Set<Driven> expected;
        private boolean isDone;

        Awaited(Map<String, String> written, Set<Driven> expected) {
            this.written = written;
            this.expected = expected;
        }
    }

    private static final class Schedule {
        private final int seed;
        private final Random random;
        private final TestStore test = TestStore.create();
        private final Map<String, String> written = new HashMap<>();
        private final List<Driven> listeners = new ArrayList<>();
        private final List<Awaited> calls = new ArrayList<>();
        private int number;
        private int checked;
        private AssertionError unexpected;

        Schedule(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        int run() {
            for (int i = 0; i < STEPS; i++) {
                step();
                calls.forEach(call -> call.expected.removeIf(listener -> !listener.isExpected()));
            }
            driveToTheEnd();
            assertThat(calls).as("seed %s", seed).allMatch(call -> call.isDone);
            listeners.forEach(listener -> listener.subscription.close());
            test.close();
            return checked;
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> write();
                case 3, 4 -> test.store().doWork();
                case 5, 6 -> runOne();
                case 7 -> await();
                case 8 -> pauseOrResume();
                case 9 -> request();
                case 10 -> subscribe();
                default -> rarely();
            }
        }

        private void write() {
            String id = "p" + random.nextInt(IDS);
            if (random.nextInt(4) == 0) {
                test.store().delete(id);
                written.put(id, GONE + number++);
            } else {
                String status = "s" + number++;
                test.store().upsert(PresenceUpsert.of(id, "ada", status));
                written.put(id, status);
            }
        }

        private void runOne() {
            if (!listeners.isEmpty()) {
                Driven listener = any();
                if (listener.executor.size() > 0) {
                    listener.executor.runOne();
                }
            }
        }

        private void await() {
            Set<Driven> expected = new HashSet<>(listeners);
            expected.removeIf(listener -> !listener.isExpected());
            Awaited call = new Awaited(new HashMap<>(written), expected);
            calls.add(call);
            test.store().delivered().thenRun(() -> completed(call));
        }

        /* A presence that was written again since may be pending, or merged, as it is now. */
        private void completed(Awaited call) {
            call.isDone = true;
            call.expected.removeIf(listener -> !listener.isExpected());
            for (Driven listener : call.expected) {
                call.written.forEach((id, status) -> {
                    if (status.equals(written.get(id))) {
                        assertThatHas(listener, id, status);
                    }
                });
            }
        }

        private void assertThatHas(Driven listener, String id, String status) {
            checked++;
            String seen = listener.seen.get(id);
            boolean has = status.equals(seen) || status.equals(listener.seenBefore.get(id));
            if (status.startsWith(GONE) ? seen != null : !has) {
                throw unexpected =
                        new AssertionError("seed " + seed + ": " + id + " must be " + status + ": " + listener.seen);
            }
        }

        private void pauseOrResume() {
            if (!listeners.isEmpty()) {
                Driven listener = any();
                listener.isPaused = !listener.isPaused;
                if (listener.isPaused) {
                    listener.subscription.pause();
                } else {
                    listener.subscription.resume();
                }
            }
        }

        private void request() {
            if (!listeners.isEmpty()) {
                Driven listener = any();
                if (listener.demand != Long.MAX_VALUE) {
                    int more = 1 + random.nextInt(3);
                    listener.demand += more;
                    listener.subscription.request(more);
                }
            }
        }

        private void subscribe() {
            if (listeners.size() == 6) {
                return;
            }
            Driven listener = new Driven();
            SubscriptionOptions options =
                    SubscriptionOptions.defaults().withSnapshot().executor(listener.executor);
            options = random.nextBoolean() ? options.maxPending(1 + random.nextInt(IDS)) : options;
            options = random.nextInt(3) == 0 ? options.batchSize(1) : options;
            if (random.nextInt(4) == 0) {
                listener.demand = random.nextInt(3);
                options = options.initialRequest(listener.demand);
            }
            listener.subscription = test.store().subscribe(Channel.presences(), options, listener);
            listeners.add(listener);
        }

        private void rarely() {
            if (listeners.isEmpty()) {
                return;
            }
            Driven listener = any();
            if (random.nextInt(3) == 0) {
                listener.isClosed = true;
                listener.subscription.close();
                listeners.remove(listener);
            } else {
                listener.subscription.switchPrincipal(Principal.user("ada").build());
            }
        }

        private Driven any() {
            return listeners.get(random.nextInt(listeners.size()));
        }

        private void driveToTheEnd() {
            boolean isBusy = true;
            while (isBusy) {
                test.drain();
                isBusy = listeners.stream().anyMatch(listener -> listener.executor.size() > 0);
                listeners.forEach(listener -> listener.executor.runAll());
            }
            if (unexpected != null) {
                throw unexpected;
            }
        }
    }
}
