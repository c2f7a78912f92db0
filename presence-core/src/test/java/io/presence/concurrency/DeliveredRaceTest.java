package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code delivered()} by many threads, while subscriptions come, go and pause. Times only bound how long a failure
 * takes.
 */
@Timeout(120)
class DeliveredRaceTest {

    private static final int ROUNDS = 1_500;

    private final PresenceStore store = PresenceStore.builder().build();

    /** The events that a listener has received. */
    private static final class View implements PresenceListener {
        private final Map<String, String> statuses = new ConcurrentHashMap<>();

        @Override
        public void onEvent(PresenceEvent event) {
            statuses.put(event.presence().id(), event.presence().status());
        }

        @Override
        public void onReset() {}
    }

    private void await() {
        try {
            store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("delivered() must complete", e);
        }
    }

    private static void run(Queue<Throwable> failures, List<Thread> threads, IntConsumer round) {
        Thread thread = new Thread(() -> {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    round.accept(i);
                }
            } catch (Throwable thrown) {
                failures.add(thrown);
            }
        });
        threads.add(thread);
        thread.start();
    }

    private List<View> stable() {
        List<View> views = new ArrayList<>();
        SubscriptionOptions each = SubscriptionOptions.defaults();
        for (SubscriptionOptions options :
                List.of(each, each.onDispatcher(), each.batchSize(1), each.withSnapshot(), each.maxPending(2))) {
            View view = new View();
            store.subscribe(Channel.presences(), options, view);
            views.add(view);
        }
        return views;
    }

    @Test
    @Promise("delivered-complete")
    void delivered_byManyThreads_completesAfterEachListenerCall() throws Exception {
        List<View> views = stable();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String id = "p" + writer;
            run(failures, threads, i -> {
                store.upsert(PresenceUpsert.of(id, "ada", "s" + i));
                await();
                assertThat(views).allSatisfy(view -> assertThat(view.statuses).containsEntry(id, "s" + i));
            });
        }
        run(failures, threads, i -> store.upsert(PresenceUpsert.of("q", "ada", "s" + i)));
        run(failures, threads, i -> {
            Subscription brief = store.subscribe(
                    Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), new View());
            brief.pause();
            await();
            brief.resume();
            brief.close();
        });
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(100));
        }
        store.close();
        assertThat(failures).isEmpty();
    }

    @Test
    @Promise("delivered-no-deadlock")
    void delivered_withinTwoBlockedListeners_waitsForNeither() throws Exception {
        AtomicInteger waited = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            store.subscribe(Channel.presences(), event -> {
                await();
                waited.incrementAndGet();
            });
        }
        for (int i = 0; i < 200; i++) {
            store.upsert(PresenceUpsert.of("p", "ada", "s" + i));
            await();
        }
        store.close();
        assertThat(waited.get()).isGreaterThanOrEqualTo(4 * 200);
    }

    @Test
    void delivered_racingWithClose_completesOrFails() throws Exception {
        for (int i = 0; i < 100; i++) {
            PresenceStore brief = PresenceStore.builder().build();
            View view = new View();
            brief.subscribe(Channel.presences(), view);
            Queue<CompletableFuture<Void>> calls = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int caller = 0; caller < 3; caller++) {
                Thread thread = new Thread(() -> {
                    for (int call = 0; call < 50; call++) {
                        calls.add(brief.delivered().toCompletableFuture());
                    }
                });
                threads.add(thread);
                thread.start();
            }
            brief.upsert(PresenceUpsert.of("p", "ada", "online"));
            brief.close();
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            }
            assertThat(calls).hasSize(150).allMatch(CompletableFuture::isDone);
            assertThat(view.statuses).containsEntry("p", "online");
        }
    }
}
