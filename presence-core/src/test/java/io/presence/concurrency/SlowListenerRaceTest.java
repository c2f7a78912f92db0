package io.presence.concurrency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Slow listeners on real threads, paused, resumed, asked for more, made another's, closed and joined anew by other
 * threads,
 * under writes of several threads: calls never overlap, the events are one chain and readable, and once there is rest,
 * what each has put together is what its principal lists. Times here only bound how long a failure takes.
 *
 * <p>Tried: with the dirty mark cleared after the entry was dispatched, not before it is captured, all hosts fail
 * within 50
 * rounds.
 */
@Timeout(120)
class SlowListenerRaceTest {

    private static final int ROUNDS = 40;
    private static final int IDS = 24;
    private static final String ANEW = "";
    private static final List<String> USERS = List.of("ada", "bob");

    private final List<Thread> threads = new ArrayList<>();
    private final List<ConsistencyChecker> followers = new ArrayList<>();
    private final List<ConsistencyChecker> closed = new ArrayList<>();
    private @Nullable ExecutorService pool;

    /** The threads that drive the store and call its listeners. */
    enum Host {
        OWN_THREADS,
        POOL,
        VIRTUAL_THREADS,
        SAME_THREAD,
        REFUSING_POOL;

        boolean isDriven() {
            return this != OWN_THREADS;
        }
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    @Promise("listener-isolation")
    void events_underRaces_areOneChainAndEndInTheFinalState(Host host) {
        PresenceStore store = open(host);
        for (int kind = 0; kind < 6; kind++) {
            followers.add(follow(store, kind, "ada", ANEW, Map.of()));
        }
        Lockstep.run(
                ROUNDS,
                round -> {},
                round -> check(store, host, round),
                round -> write(store, new Random(3L * round)),
                round -> write(store, new Random(3L * round + 1)),
                round -> meddle(new Random(3L * round + 2)),
                round -> join(store, round),
                round -> drive(store, host));
        end(store);
    }

    private PresenceStore open(Host host) {
        PresenceStoreBuilder builder = PresenceStore.builder();
        return switch (host) {
            case OWN_THREADS -> builder.threadFactory(this::thread).build();
            case SAME_THREAD ->
                builder.callerDriven().listenerExecutor(Runnable::run).build();
            case POOL -> builder.callerDriven().listenerExecutor(pool(3)).build();
            case VIRTUAL_THREADS ->
                builder.callerDriven().listenerExecutor(virtual()).build();
            case REFUSING_POOL ->
                builder.callerDriven().listenerExecutor(refusing(pool(2))).build();
        };
    }

    private synchronized Thread thread(Runnable task) {
        Thread made = new Thread(task, "under-test");
        made.setDaemon(true);
        threads.add(made);
        return made;
    }

    private ExecutorService pool(int size) {
        ExecutorService made = Executors.newFixedThreadPool(size, this::thread);
        pool = made;
        return made;
    }

    /* Of JDK 21 and later; a thread for each task otherwise. */
    private Executor virtual() {
        try {
            ExecutorService made = (ExecutorService) requireNonNull(
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
            pool = made;
            return made;
        } catch (NoSuchMethodException e) {
            ThreadFactory factory = this::thread;
            return task -> factory.newThread(task).start();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    private static Executor refusing(Executor through) {
        AtomicInteger asked = new AtomicInteger();
        return task -> {
            if (new Random(asked.incrementAndGet()).nextInt(3) == 0) {
                throw new RejectedExecutionException("not now");
            }
            through.execute(task);
        };
    }

    private static Principal principal(String user) {
        return Principal.user(user).build();
    }

    private static ConsistencyChecker follow(
            PresenceStore store, int kind, String user, String token, Map<String, Presence> known) {
        SubscriptionOptions options = token.equals(ANEW)
                ? SubscriptionOptions.defaults().withSnapshot()
                : SubscriptionOptions.defaults().resumeFrom(token);
        ConsistencyChecker made = new ConsistencyChecker(user, token.equals(ANEW) ? Map.of() : known);
        var view = store.as(principal(user));
        made.is(
                switch (kind) {
                    case 0 -> view.subscribe(Channel.presences(), options, made);
                    case 1 -> view.subscribe(Channel.presences(), options.maxPending(5), made);
                    case 2 -> view.subscribe(Channel.presences(), options.initialRequest(4), made);
                    case 3 -> view.subscribe(Channel.presences(), options.batchSize(3), made.inBatches());
                    case 4 -> view.subscribe(Channel.presences(), options.onDispatcher(), made);
                    default ->
                        view.subscribe(Channel.presences(), options.batchSize(1).initialRequest(2), made);
                });
        return made;
    }

    private static void write(PresenceStore store, Random random) {
        for (int i = 0; i < 12; i++) {
            int number = random.nextInt(IDS);
            String id = "p" + number;
            if (random.nextInt(5) == 0) {
                store.delete(id);
                continue;
            }
            boolean isOpen = random.nextBoolean();
            PresenceUpsert upsert = PresenceUpsert.of(
                    id, USERS.get(number % 2), (isOpen ? ConsistencyChecker.OPEN : "own") + random.nextInt(1_000_000));
            store.upsert(isOpen ? upsert.permissions(Permission.read(Role.users())) : upsert);
        }
    }

    private void meddle(Random random) {
        for (int i = 0; i < 8; i++) {
            ConsistencyChecker one = followers.get(random.nextInt(followers.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> one.subscription().pause();
                case 2 -> one.subscription().resume();
                case 3 -> {
                    String other = USERS.get(random.nextInt(2));
                    one.becomes(other, principal(other));
                }
                default -> one.subscription().request(1 + random.nextInt(5));
            }
            Lockstep.stagger();
        }
    }

    /* One of those that nobody else meddles with leaves, and comes again: anew, or from where it was. */
    private void join(PresenceStore store, int round) {
        int kind = round % 6;
        ConsistencyChecker left = round < 6 ? null : closed.get(closed.size() - 6);
        boolean anew = left == null || round % 4 == 0;
        String user = left == null ? "bob" : left.user();
        ConsistencyChecker made = anew
                ? follow(store, kind, user, ANEW, Map.of())
                : follow(store, kind, user, left.place().token(), left.place().assembled());
        for (int i = 0; i < 3; i++) {
            Lockstep.stagger();
            made.subscription().request(2);
        }
        made.close();
        closed.add(made);
    }

    private static void drive(PresenceStore store, Host host) {
        for (int i = 0; host.isDriven() && i < 12; i++) {
            store.doWork();
        }
    }

    private void check(PresenceStore store, Host host, int round) throws Exception {
        for (ConsistencyChecker each : followers) {
            each.subscription().resume();
            each.subscription().request(1_000_000);
        }
        if (!host.isDriven()) {
            store.flush().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!(isAtRest(store, host) && isAllDelivered(store)) && System.nanoTime() - deadline < 0) {
            Thread.yield();
        }
        for (ConsistencyChecker each : followers) {
            assertThat(each.violations()).isEmpty();
            assertThat(each.subscription().pendingCount()).isZero();
            assertThat(each.subscription().revision()).isEqualTo(store.stats().events());
            assertThat(each.assembled()).isEqualTo(listed(store, each.user()));
        }
        for (ConsistencyChecker each : closed) {
            assertThat(each.violations()).isEmpty();
            assertThat(each.subscription().pendingCount()).isZero();
        }
        followers.set(round % 6, follow(store, round % 6, followers.get(round % 6)));
    }

    /* Comes back, while there is rest, from where it was last asked. */
    private static ConsistencyChecker follow(PresenceStore store, int kind, ConsistencyChecker left) {
        left.close();
        ConsistencyChecker.Checkpoint place = left.place();
        return follow(store, kind, left.user(), place.token(), place.assembled());
    }

    private boolean isAtRest(PresenceStore store, Host host) {
        boolean rests = !host.isDriven() || store.doWork() == 0;
        for (ConsistencyChecker each : followers) {
            rests &= each.subscription().pendingCount() == 0
                    && each.subscription().revision() == store.stats().events();
        }
        for (ConsistencyChecker each : closed) {
            rests &= each.subscription().closeFuture().toCompletableFuture().isDone()
                    && each.subscription().pendingCount() == 0;
        }
        return rests && store.stats().queued() == 0;
    }

    /*
     * The events of the last call count as delivered before the listener returns, so at rest that call may still run.
     */
    private boolean isAllDelivered(PresenceStore store) {
        return followers.stream().allMatch(each -> each.assembled().equals(listed(store, each.user())));
    }

    private static Map<String, Presence> listed(PresenceStore store, String user) {
        return store.as(principal(user)).list(Query.limit(1000)).presences().stream()
                .collect(Collectors.toMap(Presence::id, Function.identity()));
    }

    private void end(PresenceStore store) {
        store.close();
        for (ConsistencyChecker each : followers) {
            assertThat(each.violations()).isEmpty();
            assertThat(each.subscription().closeFuture().toCompletableFuture()).isDone();
        }
        if (pool != null) {
            pool.shutdown();
        }
        for (Thread each : new ConcurrentLinkedQueue<>(threads)) {
            joined(each);
            assertThat(each.isAlive()).as(each.getName()).isFalse();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
