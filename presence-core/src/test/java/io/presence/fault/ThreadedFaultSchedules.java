package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One random schedule of writes and faults of a store with threads of its own: faults of listeners, of an executor, of
 * the thread factory, at the start and later, and of the log, by an exception, an error or an interrupt. Afterwards the
 * store works, every listener has what is there, and health has counted what happened. The seed decides what each
 * thread does, not how they interleave.
 *
 * <p><b>Threads.</b> Started and awaited by one thread.
 */
final class ThreadedFaultSchedules {

    private static final int WRITERS = 2;
    private static final int WRITES = 30;
    private static final int IDS = 4;
    private static final Duration LONG = Duration.ofHours(1);

    private final SplittableRandom random;
    private final ExecutorService pool;
    private final PresenceStore store;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private final SplittableRandom ofFactory;
    private final SplittableRandom ofExecutor;
    private volatile boolean isCalm;

    private ThreadedFaultSchedules(long seed, ExecutorService pool) {
        this.random = new SplittableRandom(seed);
        this.ofFactory = random.split();
        this.ofExecutor = random.split();
        this.pool = pool;
        if (random.nextInt(4) == 0) {
            failToStart(random.nextBoolean());
        }
        this.store = PresenceStore.builder()
                .threadFactory(new Factory())
                .maxListenerThreads(3)
                .closeTimeout(Duration.ofSeconds(30))
                .build();
    }

    /**
     * Runs the schedule of a seed.
     *
     * @param pool runs the listeners that name an executor
     */
    static void run(long seed, ExecutorService pool) throws Exception {
        new ThreadedFaultSchedules(seed, pool).run();
    }

    private static void failToStart(boolean byNull) {
        assertThatThrownBy(() -> PresenceStore.builder()
                        .threadFactory(task -> {
                            if (byNull) {
                                return null;
                            }
                            throw new OutOfMemoryError("injected");
                        })
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("threadFactory must return a thread");
    }

    private static void fail(SplittableRandom by) {
        switch (by.nextInt(4)) {
            case 0 -> throw new OutOfMemoryError("injected");
            case 1 -> throw new AssertionError("injected");
            default -> throw new IllegalStateException("injected");
        }
    }

    /** Makes the thread of the dispatcher, and fails at every other thread. */
    private final class Factory implements java.util.concurrent.ThreadFactory {

        private boolean hasMadeDispatcher;

        @Override
        public synchronized @Nullable Thread newThread(Runnable task) {
            if (hasMadeDispatcher && !isCalm && ofFactory.nextBoolean()) {
                expected.add("THREAD_FACTORY");
                if (ofFactory.nextBoolean()) {
                    return null;
                }
                fail(ofFactory);
            }
            hasMadeDispatcher = true;
            Thread thread = new Thread(task, "schedule");
            thread.setDaemon(true);
            return thread;
        }
    }

    private void execute(Runnable task) {
        synchronized (ofExecutor) {
            if (!isCalm && ofExecutor.nextInt(4) == 0) {
                expected.add("EXECUTOR");
                throw new RejectedExecutionException("injected");
            }
        }
        pool.execute(task);
    }

    /** A listener that fails now and then, and assembles what it receives before it does. */
    private final class Viewer implements PresenceListener {

        private final SplittableRandom own = random.split();
        private final Map<String, String> seen = new TreeMap<>();
        private final List<PresenceEvent> violations = new ArrayList<>();
        private final Subscription subscription;

        Viewer(SubscriptionOptions options) {
            subscription = store.as(Principal.user("bob").build())
                    .subscribe(Channel.presences(), options.withSnapshot(), this);
        }

        @Override
        public synchronized void onEvent(PresenceEvent event) {
            String id = event.presence().id();
            if (seen.containsKey(id) == (event.change() == Change.ENTER)) {
                violations.add(event);
            }
            if (event.change() == Change.EXIT) {
                seen.remove(id);
            } else {
                seen.put(id, event.presence().status());
            }
            notifyAll();
            failNowAndThen();
        }

        @Override
        public synchronized void onReset() {
            seen.clear();
            failNowAndThen();
        }

        private void failNowAndThen() {
            if (isCalm || own.nextInt(6) > 0) {
                return;
            }
            if (own.nextBoolean()) {
                Thread.currentThread().interrupt();
                return;
            }
            expected.add("LISTENER");
            fail(own);
        }

        synchronized void await(Map<String, String> wanted) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!seen.equals(wanted) && System.nanoTime() < deadline) {
                wait(1_000);
            }
            assertThat(seen).isEqualTo(wanted);
            assertThat(violations).isEmpty();
            assertThat(subscription.closeFuture().toCompletableFuture()).isNotDone();
        }
    }

    private SubscriptionOptions options() {
        SubscriptionOptions options = SubscriptionOptions.defaults();
        options = switch (random.nextInt(3)) {
            case 0 -> options.onDispatcher();
            case 1 -> options.executor(this::execute);
            default -> options;
        };
        return random.nextInt(4) == 0 ? options.maxPending(2) : options;
    }

    private void write(SplittableRandom by) {
        String id = "p" + by.nextInt(IDS);
        if (by.nextInt(4) == 0) {
            store.delete(id);
        } else {
            store.upsert(PresenceUpsert.of(id, "ada", "s" + by.nextInt(3))
                    .permissions(Permission.read(Role.any()))
                    .expiresIn(LONG));
        }
    }

    private Thread writer(CountDownLatch start) {
        SplittableRandom own = random.split();
        Thread thread = new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            for (int i = 0; i < WRITES; i++) {
                write(own);
            }
        });
        thread.start();
        return thread;
    }

    private void run() throws Exception {
        for (int i = 0; i < 4; i++) {
            viewers.add(new Viewer(options()));
        }
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(writer(start));
        }
        start.countDown();
        for (int i = 0; i < 10; i++) {
            disturb();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        finish();
    }

    private void disturb() {
        Viewer viewer = viewers.get(random.nextInt(viewers.size()));
        switch (random.nextInt(4)) {
            case 0 -> viewer.subscription.pause();
            case 1 -> viewer.subscription.resume();
            case 2 ->
                viewer.subscription.switchPrincipal(
                        Principal.user("bob").team("t" + random.nextInt(2)).build());
            default -> store.flush();
        }
    }

    private void finish() throws Exception {
        isCalm = true;
        viewers.forEach(viewer -> viewer.subscription.resume());
        viewers.add(new Viewer(SubscriptionOptions.defaults().onDispatcher()));
        store.upsert(PresenceUpsert.of("last", "ada", "fresh")
                .permissions(Permission.read(Role.any()))
                .expiresIn(LONG));
        store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
        Map<String, String> listed = new TreeMap<>();
        for (Presence each :
                store.as(Principal.user("bob").build()).list(Query.limit(100)).presences()) {
            listed.put(each.id(), each.status());
        }
        assertThat(listed).containsEntry("last", "fresh");
        for (Viewer viewer : viewers) {
            viewer.await(listed);
        }
        assertThat(store.health().isDispatching()).isTrue();
        assertThat(store.health().oldestUndispatched()).isZero();
        assertThat(store.health().failures().keySet()).containsAll(expected);
        store.close();
        assertThat(store.health().undeliveredChanges()).isZero();
        for (Viewer viewer : viewers) {
            viewer.subscription.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
