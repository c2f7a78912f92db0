package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only {@code close()} ends the dispatcher. Times here only bound how long a failure takes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatcherThreadTest {

    private static void upsert(PresenceStore store, String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private static void assertReaches(PresenceStore store, String id) throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        Subscription subscription = store.subscribe(Channel.presence(id), event -> seen.complete(null));
        upsert(store, id);
        seen.get(30, TimeUnit.SECONDS);
        subscription.close();
    }

    private static void assertSurvives(Consumer<PresenceStore> harm, String kind) throws Exception {
        try (PresenceStore store = PresenceStore.builder()
                .onListenerError(
                        (subscription, thrown) -> Thread.currentThread().interrupt())
                .build()) {
            harm.accept(store);
            upsert(store, "harm");
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertReaches(store, "one");
            assertReaches(store, "two");
            assertThat(store.health().isDispatching()).isTrue();
            assertThat(store.health().failures()).containsKey(kind);
        }
    }

    @Test
    void interrupt_leftByDirectListener_isClearedAndCounted() throws Exception {
        assertSurvives(
                store -> store.subscribe(
                        Channel.presence("harm"),
                        SubscriptionOptions.defaults().onDispatcher(),
                        event -> Thread.currentThread().interrupt()),
                "INTERRUPT");
    }

    @Test
    void interrupt_leftByDependentOfFlush_isClearedAndCounted() throws Exception {
        assertSurvives(
                store -> {
                    upsert(store, "first");
                    store.flush().thenRun(() -> {
                        if (Thread.currentThread().getName().endsWith("-dispatcher")) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    interruptDispatcher(store);
                },
                "INTERRUPT");
    }

    @Test
    void interrupt_leftByErrorHandler_isClearedAndCounted() throws Exception {
        assertSurvives(
                store -> store.subscribe(
                        Channel.presence("harm"), SubscriptionOptions.defaults().onDispatcher(), event -> {
                            throw new IllegalStateException("on purpose");
                        }),
                "INTERRUPT");
    }

    private static void interruptDispatcher(PresenceStore store) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(store.name() + "-dispatcher"))
                .forEach(Thread::interrupt);
    }

    @Test
    @Promise("dispatcher-survives")
    void interrupt_fromOutside_isClearedAndCounted() throws Exception {
        assertSurvives(DispatcherThreadTest::interruptDispatcher, "INTERRUPT");
    }

    /** Throws in the thread that calls it if that is a dispatcher, while that is requested. */
    private static final class FailingClock implements LongSupplier {

        private final AtomicReference<Error> error = new AtomicReference<>();
        private final CountDownLatch failed = new CountDownLatch(3);

        @Override
        public long getAsLong() {
            Error thrown = error.get();
            if (thrown != null && Thread.currentThread().getName().endsWith("-dispatcher")) {
                failed.countDown();
                throw thrown;
            }
            return System.nanoTime();
        }
    }

    @Test
    @Promise("dispatcher-survives")
    void error_thrownInCycle_doesNotEndTheDispatcher() throws Exception {
        for (Error error : new Error[] {new OutOfMemoryError("on purpose"), new InternalError("on purpose")}) {
            FailingClock clock = new FailingClock();
            try (PresenceStore store = PresenceStore.builder().nanoClock(clock).build()) {
                clock.error.set(error);
                upsert(store, "p");
                assertThat(clock.failed.await(30, TimeUnit.SECONDS)).isTrue();
                assertReaches(store, "while the clock fails".replace(' ', '-'));
                clock.error.set(null);
                assertReaches(store, "q");
                assertThat(store.health().lastFailure()).containsSame(error);
            }
        }
    }

    @Test
    void clock_thatFailsPermanently_isReadWithPauses() throws Exception {
        FailingClock clock = new FailingClock();
        try (PresenceStore store = PresenceStore.builder().nanoClock(clock).build()) {
            clock.error.set(new InternalError("on purpose"));
            upsert(store, "p");
            assertThat(clock.failed.await(30, TimeUnit.SECONDS)).isTrue();
            long before = store.health().failures().get("DISPATCH");
            CountDownLatch rest = new CountDownLatch(1);
            assertThat(rest.await(200, TimeUnit.MILLISECONDS)).isFalse();
            /* 1 + 2 + 4 + ... ms: some ten rounds, at three readings each. Without rest there are many thousands. */
            assertThat(store.health().failures().get("DISPATCH") - before).isLessThan(200);
        }
    }

    @Test
    void threadFactory_returningNull_failsBuild() {
        assertThatThrownBy(() ->
                        PresenceStore.builder().threadFactory(task -> null).build())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("threadFactory must return a thread: null");
        IllegalArgumentException thrown = new IllegalArgumentException("on purpose");
        assertThatThrownBy(() -> PresenceStore.builder()
                        .threadFactory(task -> {
                            throw thrown;
                        })
                        .build())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("threadFactory must return a thread: " + thrown)
                .hasCause(thrown);
    }

    @Test
    void threadFactory_returningEndedThread_failsBuild() throws Exception {
        Thread over = new Thread(() -> {});
        over.start();
        over.join();
        assertThatThrownBy(() ->
                        PresenceStore.builder().threadFactory(task -> over).build())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("threadFactory must return a thread that starts: ");
    }

    @Test
    void threadFactory_ofTheHost_namesItsThreads() throws Exception {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        AtomicReference<Thread> dispatcher = new AtomicReference<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (PresenceStore store = PresenceStore.builder()
                .name("rooms")
                .threadFactory(task -> {
                    Thread made = new Thread(task, "mine");
                    if (isFirst.getAndSet(false)) {
                        dispatcher.set(made);
                    }
                    return made;
                })
                .build()) {
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().onDispatcher(),
                    event -> seen.complete(Thread.currentThread().getName()));
            upsert(store, "p");
            assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo("mine");
            assertThat(dispatcher.get().getName()).isEqualTo("mine");
            assertThat(store.name()).isEqualTo("rooms");
        }
    }

    @Test
    void name_always_isOnTheThreads() throws Exception {
        CompletableFuture<String> direct = new CompletableFuture<>();
        CompletableFuture<String> pooled = new CompletableFuture<>();
        try (PresenceStore store = PresenceStore.builder().name("rooms").build()) {
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().onDispatcher(),
                    event -> direct.complete(Thread.currentThread().getName()));
            store.subscribe(
                    Channel.presences(),
                    event -> pooled.complete(Thread.currentThread().getName()));
            upsert(store, "p");
            assertThat(direct.get(30, TimeUnit.SECONDS)).isEqualTo("rooms-dispatcher");
            assertThat(pooled.get(30, TimeUnit.SECONDS)).startsWith("rooms-listener-");
        }
    }
}
