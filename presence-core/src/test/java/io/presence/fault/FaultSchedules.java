package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;

/**
 * One random schedule of writes, rounds and faults of a caller-driven store: faults of listeners, of the executor, of
 * the clock, of
 * the handler of listener errors, and of dependents; by an exception, an error, a want of memory, an interrupt, or a
 * call that
 * does not return for a while. Afterwards the store works, and health has counted what happened.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class FaultSchedules {

    private static final int STEPS = 25;
    private static final int IDS = 4;

    private final SplittableRandom random;
    private final PresenceStore store;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Set<String> expected = new TreeSet<>();
    private long nanos;
    private boolean isCalm;
    private boolean clockFails;

    private FaultSchedules(long seed) {
        random = new SplittableRandom(seed);
        store = PresenceStore.builder()
                .callerDriven()
                .index("status")
                .nanoClock(this::readClock)
                .wallClock(() -> Instant.ofEpochSecond(0, nanos))
                .closeTimeout(Duration.ZERO)
                .onListenerError((subscription, thrown) -> fail(10))
                .build();
    }

    /** Runs the schedule of a seed. */
    static void run(long seed) {
        FaultSchedules schedule = new FaultSchedules(seed);
        for (int viewer = 0; viewer < 3; viewer++) {
            schedule.subscribe();
        }
        for (int step = 0; step < STEPS; step++) {
            schedule.step();
        }
        schedule.finish();
        Thread.interrupted();
    }

    private long readClock() {
        if (clockFails && !isCalm) {
            throw error();
        }
        return nanos;
    }

    private Error error() {
        return switch (random.nextInt(3)) {
            case 0 -> new OutOfMemoryError("injected");
            case 1 -> new StackOverflowError("injected");
            default -> new AssertionError("injected");
        };
    }

    /* Fails once in so many calls, by an error, an exception, or the flag of an interrupt. */
    private void fail(int oneIn) {
        if (isCalm || random.nextInt(oneIn) > 0) {
            return;
        }
        switch (random.nextInt(3)) {
            case 0 -> throw error();
            case 1 -> throw new IllegalStateException("injected");
            default -> Thread.currentThread().interrupt();
        }
    }

    private void execute(Runnable task) {
        if (!isCalm && random.nextInt(8) == 0) {
            if (random.nextBoolean()) {
                throw new RejectedExecutionException("injected");
            }
            throw error();
        }
        tasks.add(task);
    }

    /** A listener that fails now and then, and assembles what it receives before it does. */
    private final class Viewer implements PresenceListener {

        private final Map<String, String> seen = new TreeMap<>();
        private final Subscription subscription;

        Viewer(SubscriptionOptions options) {
            subscription = store.as(Principal.user("bob").build())
                    .subscribe(Channel.presences(), options.withSnapshot(), this);
        }

        @Override
        public void onEvent(PresenceEvent event) {
            String id = event.presence().id();
            assertThat(seen.containsKey(id)).as("in view before %s", event).isEqualTo(event.change() != Change.ENTER);
            if (event.change() == Change.EXIT) {
                seen.remove(id);
            } else {
                seen.put(id, event.presence().status());
            }
            if (!isCalm && random.nextInt(12) == 0) {
                write();
            }
            fail(6);
        }

        @Override
        public void onReset() {
            seen.clear();
            fail(6);
        }

        @Override
        public void onSynced(long revision) {
            fail(6);
        }
    }

    private void subscribe() {
        SubscriptionOptions options = SubscriptionOptions.defaults();
        options = random.nextBoolean() ? options.onDispatcher() : options.executor(this::execute);
        options = random.nextInt(4) == 0 ? options.maxPending(2) : options;
        viewers.add(new Viewer(options));
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> write();
            case 4, 5 -> round();
            case 6 -> runTask();
            case 7 -> nanos += random.nextInt(3_000_000);
            case 8 -> clockFails = random.nextInt(4) == 0;
            default -> rarely();
        }
    }

    private void round() {
        if (clockFails) {
            expected.add("DISPATCH");
        }
        store.doWork();
    }

    private void rarely() {
        switch (random.nextInt(3)) {
            case 0 -> store.flush().thenRun(() -> fail(2));
            case 1 -> {
                if (viewers.size() < 6) {
                    subscribe();
                }
            }
            default ->
                viewers.get(random.nextInt(viewers.size()))
                        .subscription
                        .switchPrincipal(Principal.user("bob")
                                .team("t" + random.nextInt(2))
                                .build());
        }
    }

    private void write() {
        String id = "p" + random.nextInt(IDS);
        try {
            if (random.nextInt(4) == 0) {
                store.delete(id);
            } else {
                store.upsert(PresenceUpsert.of(id, "ada", "s" + random.nextInt(3))
                        .permissions(Permission.read(Role.any()))
                        .expiresIn(Duration.ofMillis(1 + random.nextInt(8))));
            }
        } catch (Error injected) {
            assertThat(clockFails)
                    .as("a write fails only if the clock does: " + injected)
                    .isTrue();
        }
    }

    /* A task that is not run blocks its subscription and no other. */
    private void runTask() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    private void drain() {
        int idle = 0;
        for (int rounds = 0; idle < 3; rounds++) {
            assertThat(rounds).as("rounds until there is nothing to do").isLessThan(1_000);
            idle = store.doWork() > 0 || !tasks.isEmpty() ? 0 : idle + 1;
            while (!tasks.isEmpty()) {
                runTask();
            }
        }
    }

    private void finish() {
        isCalm = true;
        /* A tick: what was refused, or due while the clock failed, is tried again. */
        for (int ticks = 0; ticks < 3; ticks++) {
            nanos += 8_000_000;
            drain();
        }
        assertThat(store.health().isDispatching()).isTrue();
        assertThat(store.health().failures().keySet()).containsAll(expected);
        assertThat(store.health().oldestUndispatched()).isZero();
        viewers.add(new Viewer(SubscriptionOptions.defaults().onDispatcher()));
        store.upsert(PresenceUpsert.of("last", "ada", "fresh").permissions(Permission.read(Role.any())));
        drain();
        Map<String, String> listed = new TreeMap<>();
        for (Presence each :
                store.as(Principal.user("bob").build()).list(Query.limit(100)).presences()) {
            listed.put(each.id(), each.status());
        }
        assertThat(listed).containsEntry("last", "fresh");
        for (Viewer viewer : viewers) {
            assertThat(viewer.subscription.closeFuture().toCompletableFuture()).isNotDone();
            assertThat(viewer.seen).isEqualTo(listed);
        }
        store.close();
        for (Viewer viewer : viewers) {
            while (!tasks.isEmpty()) {
                runTask();
            }
            assertThat(viewer.subscription.closeFuture().toCompletableFuture()).isDone();
        }
    }
}
