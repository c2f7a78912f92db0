package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A caller-driven store with listeners of several makes, each of which assembles what it receives.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class DispatchWorld {

    static final Duration TTL = Duration.ofSeconds(10);
    static final Duration TICK = Duration.ofMillis(8);

    final PresenceStore store;
    final List<Viewer> viewers = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long nanos;

    DispatchWorld() {
        this(UnaryOperator.identity());
    }

    /** Makes a world whose store has some options. */
    DispatchWorld(UnaryOperator<PresenceStoreBuilder> options) {
        store = options.apply(PresenceStore.builder())
                .callerDriven()
                .index("status")
                .nanoClock(() -> nanos)
                .wallClock(() -> Instant.ofEpochSecond(0, nanos))
                .build();
        viewers.add(new Viewer("direct", SubscriptionOptions.defaults().onDispatcher()));
        viewers.add(new Viewer("on an executor", SubscriptionOptions.defaults().executor(tasks::add)));
        viewers.add(new Viewer(
                "of one status",
                SubscriptionOptions.defaults().onDispatcher(),
                Query.equal("status", "online", "again")));
        viewers.add(new Viewer("the last", SubscriptionOptions.defaults().executor(tasks::add)));
        for (int i = 0; i < 3; i++) {
            upsert("other" + i, "online", Duration.ofDays(1));
        }
        drain();
    }

    /** One listener, and what it has assembled. */
    class Viewer implements PresenceListener {

        final String name;
        final Query.Filter[] filters;
        final Subscription subscription;
        private final Map<String, String> seen = new TreeMap<>();
        private final List<String> violations = new ArrayList<>();

        Viewer(String name, SubscriptionOptions options, Query.Filter... filters) {
            this.name = name;
            this.filters = filters;
            this.subscription = store.as(Principal.user("bob").build())
                    .subscribe(Channel.presences(), options.withSnapshot(), this, filters);
        }

        /* One that goes on where another is. */
        Viewer(Viewer other) {
            this.name = other.name + ", resumed";
            this.filters = other.filters;
            this.seen.putAll(other.seen);
            this.subscription = store.as(Principal.user("bob").build())
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().onDispatcher().resumeFrom(other.subscription.resumeToken()),
                            this,
                            filters);
        }

        @Override
        public void onEvent(PresenceEvent event) {
            String id = event.presence().id();
            if (seen.containsKey(id) == (event.change() == Change.ENTER)) {
                violations.add(event.toString());
            }
            if (event.change() == Change.EXIT) {
                seen.remove(id);
            } else {
                seen.put(id, event.presence().status());
            }
        }

        @Override
        public void onReset() {
            seen.clear();
        }

        @Nullable CloseReason end() {
            return subscription.closeFuture().toCompletableFuture().getNow(null);
        }

        void check() {
            assertThat(violations).as(name).isEmpty();
            assertThat(end()).as(name).isIn(null, CloseReason.STORE_FAILED);
            if (end() == null) {
                assertThat(seen).as(name).isEqualTo(listed(filters));
            }
        }
    }

    /** A listener that takes several events at a time. */
    private final class BatchViewer extends Viewer implements PresenceListener.Batching {

        BatchViewer(String name, SubscriptionOptions options) {
            super(name, options);
        }

        @Override
        public void onEvents(List<PresenceEvent> events) {
            events.forEach(this::onEvent);
        }
    }

    void subscribe() {
        viewers.add(new Viewer("made", SubscriptionOptions.defaults().onDispatcher()));
    }

    void subscribeOnExecutor() {
        viewers.add(new Viewer(
                "made on an executor",
                SubscriptionOptions.defaults().executor(tasks::add),
                Query.equal("status", "online")));
    }

    /** Subscribes a listener that takes several events at a time, and is reset if more than three are pending. */
    void subscribeBounded() {
        viewers.add(new BatchViewer(
                "in batches",
                SubscriptionOptions.defaults().executor(tasks::add).maxPending(3)));
    }

    void resume() {
        viewers.add(new Viewer(viewers.get(0)));
    }

    void close(int which) {
        viewers.get(which).subscription.close();
    }

    void switchPrincipal(int which, String user) {
        viewers.get(which).subscription.switchPrincipal(Principal.user(user).build());
    }

    void upsert(String id, String status, Duration ttl) {
        store.upsert(PresenceUpsert.of(id, "ada", status)
                .permissions(Permission.read(Role.any()))
                .expiresIn(ttl));
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    void runTasks() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
        }
    }

    void drain() {
        int rounds = 0;
        int idle = 0;
        /* A failed change is retried in a duty cycle that may have nothing else to do. */
        while (idle < 3) {
            idle = store.doWork() > 0 || !tasks.isEmpty() ? 0 : idle + 1;
            runTasks();
            assertThat(rounds++).as("rounds until there is nothing to do").isLessThan(2_000);
        }
    }

    private Map<String, String> listed(Query.Filter... filters) {
        List<Query> queries = new ArrayList<>(List.of(filters));
        queries.add(Query.limit(100));
        Map<String, String> statuses = new TreeMap<>();
        for (Presence each : store.as(Principal.user("bob").build())
                .list(queries.toArray(Query[]::new))
                .presences()) {
            statuses.put(each.id(), each.status());
        }
        return statuses;
    }

    /**
     * Checks that each viewer that goes on has what is there, that writes reach old and new ones, that flushes
     * complete, and that all ends when it is due.
     *
     * @param mostEnded how many viewers may have been ended by what failed
     */
    void check(int mostEnded) {
        viewers.removeIf(viewer -> viewer.end() == CloseReason.CLOSED);
        /* A tick: what could not be looked at when it was due is due at the next. */
        pass(TICK);
        drain();
        checkViews();
        assertThat(viewers.stream().filter(viewer -> viewer.end() != null).map(viewer -> viewer.name))
                .as("ended")
                .hasSizeLessThanOrEqualTo(mostEnded);
        assertThat(store.stats().subscriptions())
                .as("subscriptions")
                .isEqualTo(
                        viewers.stream().filter(viewer -> viewer.end() == null).count());
        if (viewers.stream().anyMatch(viewer -> viewer.end() != null)) {
            assertThat(store.health().failures()).isNotEmpty();
            assertThat(store.health().lastFailedSubscription()).isNotNull();
        }
        viewers.add(new Viewer("fresh", SubscriptionOptions.defaults().onDispatcher()));
        upsert("p", "again", TTL);
        upsert("fresh", "online", TTL);
        var flushed = store.flush().toCompletableFuture();
        drain();
        assertThat(flushed).isCompleted();
        checkViews();
        pass(Duration.ofDays(2));
        drain();
        checkViews();
        assertThat(listed()).isEmpty();
        assertThat(store.statusCounts()).isEmpty();
        assertThat(store.stats().presences()).isZero();
        assertThat(store.stats().queued()).isZero();
    }

    private void checkViews() {
        viewers.forEach(Viewer::check);
    }
}
