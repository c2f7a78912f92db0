package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After any failure during delivery, the right to drain and the call gate are released and everything is delivered. */
class DeliveryFaultTest {

    /** Something to throw. */
    enum Fault {
        RUNTIME(() -> new IllegalStateException("on purpose")),
        MEMORY(() -> new OutOfMemoryError("on purpose")),
        STACK(() -> new StackOverflowError("on purpose")),
        LINKAGE(() -> new NoClassDefFoundError("on purpose")),
        DEATH(() -> new InternalError("on purpose"));

        private final Supplier<Throwable> made;

        Fault(Supplier<Throwable> made) {
            this.made = made;
        }

        void raise() {
            DeliveryFaultTest.<RuntimeException>raise(made.get());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Ways to call a listener. */
    enum Way {
        DIRECT {
            @Override
            SubscriptionOptions on(Executor executor) {
                return SubscriptionOptions.defaults().onDispatcher();
            }
        },
        IN_PLACE {
            @Override
            SubscriptionOptions on(Executor executor) {
                return SubscriptionOptions.defaults().executor(Runnable::run);
            }
        },
        QUEUE {
            @Override
            SubscriptionOptions on(Executor executor) {
                return SubscriptionOptions.defaults().executor(executor);
            }
        };

        abstract SubscriptionOptions on(Executor executor);
    }

    private final List<Runnable> tasks = new ArrayList<>();

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    private static void write(TestStore test, String id) {
        test.store().upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private void settle(TestStore test) {
        for (int i = 0; i < 4; i++) {
            test.drain();
            runTasks();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listener_thatThrowsAnything_isCalledAgain(Fault fault) {
        for (Way way : Way.values()) {
            TestStore test = TestStore.create();
            List<String> called = new ArrayList<>();
            Subscription subscription = test.store().subscribe(Channel.presences(), way.on(tasks::add), event -> {
                called.add(event.presence().id());
                fault.raise();
            });
            settle(test);
            for (String id : List.of("a", "b", "c")) {
                write(test, id);
                settle(test);
            }
            assertThat(called).as(way.name()).containsExactly("a", "b", "c");
            assertThat(subscription.pendingCount()).isZero();
            assertThat(test.takeErrors()).hasSize(3);
            test.close();
            /* Closing does not wait for an executor that runs tasks on the closing thread. */
            runTasks();
            assertThat(subscription.closeFuture().toCompletableFuture()).isDone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorHandler_thatThrowsAnything_affectsNoListener(Fault fault) {
        for (Way way : Way.values()) {
            io.presence.PresenceStore store = io.presence.PresenceStore.builder()
                    .callerDriven()
                    .onListenerError((subscription, thrown) -> fault.raise())
                    .build();
            List<String> called = new ArrayList<>();
            Recorder other = Recorder.chained();
            Subscription subscription = store.subscribe(Channel.presences(), way.on(tasks::add), event -> {
                called.add(event.presence().id());
                throw new IllegalArgumentException("an ordinary mistake");
            });
            store.subscribe(Channel.presences(), other);
            for (String id : List.of("a", "b")) {
                store.upsert(PresenceUpsert.of(id, "ada", "online"));
                while (store.doWork() > 0) {
                    runTasks();
                }
                runTasks();
            }
            assertThat(called).as(way.name()).containsExactly("a", "b");
            assertThat(other.assembled()).containsOnlyKeys("a", "b");
            assertThat(subscription.pendingCount()).isZero();
            store.close();
            runTasks();
            assertThat(subscription.closeFuture().toCompletableFuture()).isDone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void executor_thatThrowsBeforeOrAfterTheTask_losesNothing(Fault fault) {
        for (boolean runsFirst : List.of(true, false)) {
            try (TestStore test = TestStore.create()) {
                int[] faults = {3};
                Recorder delivered = Recorder.chained();
                Executor executor = task -> {
                    boolean fails = faults[0]-- > 0;
                    if (!fails || runsFirst) {
                        task.run();
                    }
                    if (fails) {
                        fault.raise();
                    }
                };
                Subscription subscription = test.store()
                        .subscribe(
                                Channel.presences(),
                                SubscriptionOptions.defaults()
                                        .executor(executor)
                                        .batchSize(1),
                                delivered);
                for (String id : List.of("a", "b", "c", "d", "e")) {
                    write(test, id);
                    settle(test);
                }
                settle(test);
                assertThat(delivered.assembled()).hasSize(5);
                assertThat(subscription.pendingCount()).isZero();
                assertThat(test.store().stats().executorRejections()).isEqualTo(3);
            }
        }
    }

    @Test
    void executor_thatRunsEachTaskTwice_deliversOnce() {
        try (TestStore test = TestStore.create()) {
            Recorder delivered = Recorder.chained();
            test.store()
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().executor(task -> {
                                task.run();
                                task.run();
                            }),
                            delivered);
            for (String id : List.of("a", "b", "c")) {
                write(test, id);
                settle(test);
            }
            assertThat(delivered.events()).hasSize(3);
        }
    }

    /* A bus of which a part fails as often as it is asked to. */
    private final QuietDeliveryHost bus = new QuietDeliveryHost() {
        @Override
        public long nanos() {
            fail("nanos");
            return super.nanos();
        }

        @Override
        public void resetDelivered(LiveSubscription subscription) {
            fail("startedOver");
        }

        @Override
        public void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
            super.drainFailed(subscription, hasLost, failure);
            retried.add(subscription);
        }
    };

    private final List<LiveSubscription> retried = new ArrayList<>();
    private String part = "none";
    private int skipped;
    private int failures;

    private void fail(String which) {
        if (which.equals(part) && skipped-- <= 0 && failures-- > 0) {
            throw new OutOfMemoryError("on purpose");
        }
    }

    private LiveSubscription subscription(List<String> delivered) {
        io.presence.PresenceListener listener = new io.presence.PresenceListener() {
            @Override
            public void onEvent(PresenceEvent event) {
                delivered.add(event.presence().id());
            }

            @Override
            public void onSynced(long revision) {
                delivered.add("synced");
            }

            @Override
            public void onReset() {
                delivered.add("reset");
            }
        };
        return new LiveSubscription(
                bus,
                Channel.presences(),
                bus.access(io.presence.Principal.user("ada").build()),
                io.presence.query.Query.everything(),
                SubscriptionOptions.defaults().executor(Runnable::run),
                listener);
    }

    @Test
    @Promise("gate-released")
    void drain_failingAnywhere_isReleasedAndRepeated() {
        part = "nanos";
        for (int k = 0; k < 6; k++) {
            List<String> delivered = new ArrayList<>();
            LiveSubscription subscription = subscription(delivered);
            skipped = k;
            failures = 1;
            subscription.reset();
            subscription.sync(3);
            retried.forEach(LiveSubscription::signal);
            failures = 0;
            assertThat(delivered).as("failure " + k).containsExactly("reset", "synced");
            assertThat(subscription.isDrainIdle()).isTrue();
            assertThat(subscription.pendingCount()).isZero();
            retried.clear();
        }
    }

    @Test
    void call_whenItCanNotBeRecorded_isMade() {
        part = "startedOver";
        failures = 1;
        List<String> delivered = new ArrayList<>();
        LiveSubscription subscription = subscription(delivered);
        subscription.reset();
        /* Nobody knows that it has been reset, so that it is reset again. */
        assertThat(retried).containsExactly(subscription);
        subscription.reset();
        subscription.sync(1);
        assertThat(delivered).containsExactly("reset", "reset", "synced");
        assertThat(bus.failures()).hasSize(1);
    }

    @Test
    @Promise("drain-limit")
    void drain_afterFiveMilliseconds_yields() {
        List<Runnable> turns = new ArrayList<>();
        int[] calls = {0};
        LiveSubscription subscription = new LiveSubscription(
                bus,
                Channel.presences(),
                bus.access(io.presence.Principal.user("ada").build()),
                io.presence.query.Query.everything(),
                SubscriptionOptions.defaults().executor(turns::add),
                new io.presence.PresenceListener() {
                    @Override
                    public void onEvent(PresenceEvent event) {}

                    @Override
                    public void onReset() {
                        calls[0]++;
                        bus.advanceNanos(20_000_000);
                    }

                    @Override
                    public void onSynced(long revision) {
                        calls[0]++;
                    }
                });
        subscription.reset();
        subscription.sync(1);
        turns.remove(0).run();
        assertThat(calls[0]).isOne();
        assertThat(turns).hasSize(1);
        turns.remove(0).run();
        assertThat(calls[0]).isEqualTo(2);
    }
}
