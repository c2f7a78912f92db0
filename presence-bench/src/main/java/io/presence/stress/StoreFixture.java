package io.presence.stress;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A caller-driven store with a manual clock and one presence, which expires in one millisecond. All is delivered.
 *
 * <p>A store costs far more than a race in it, so the arbiter returns the fixture to a pool.
 */
final class StoreFixture {

    private static final ConcurrentLinkedDeque<StoreFixture> FREE = new ConcurrentLinkedDeque<>();

    static final String ID = "p";
    static final long TTL = 10;

    final PresenceStore store;
    final RecordingListener listener = new RecordingListener();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile long millis;

    private StoreFixture() {
        store = PresenceStore.builder()
                .callerDriven()
                .tick(Duration.ofMillis(1))
                .index("status")
                .nanoClock(() -> millis * 1_000_000)
                .wallClock(() -> Instant.ofEpochMilli(millis))
                .build();
        store.subscribe(Channel.presences(), listener);
    }

    static StoreFixture take() {
        StoreFixture free = FREE.pollFirst();
        StoreFixture fixture = free == null ? new StoreFixture() : free;
        fixture.upsert("online", TTL);
        fixture.drain();
        fixture.listener.changes.setLength(0);
        fixture.advance(TTL - 1);
        return fixture;
    }

    /** Empties the store and returns the fixture to the pool. */
    void giveBack() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        advance(2 * TTL);
        drain();
        FREE.addFirst(this);
    }

    Subscription subscribe(PresenceListener listener) {
        return subscribe(Channel.presences(), listener);
    }

    Subscription subscribe(Channel channel, PresenceListener listener) {
        return subscribe(channel, SubscriptionOptions.defaults().withSnapshot(), listener);
    }

    Subscription subscribe(Channel channel, SubscriptionOptions options, PresenceListener listener) {
        Subscription subscription = store.subscribe(channel, options, listener);
        subscriptions.add(subscription);
        return subscription;
    }

    void upsert(String status, long forMillis) {
        upsert(ID, status, forMillis);
    }

    void upsert(String id, String status, long forMillis) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofMillis(forMillis)));
    }

    void update(String status) {
        update(ID, status);
    }

    void update(String id, String status) {
        store.update(id, PresencePatch.none().status(status));
    }

    boolean touch(long forMillis) {
        return store.touch(ID, Duration.ofMillis(forMillis));
    }

    boolean isFound() {
        return store.get(ID) != null;
    }

    /** Returns the milliseconds until the presence expires, or 0 if it has ended. */
    long millisLeft() {
        Presence found = store.get(ID);
        return found == null ? 0 : found.expiresAt().toEpochMilli() - millis;
    }

    String status() {
        Presence found = store.get(ID);
        return found == null ? "none" : found.status();
    }

    void advance(long elapsed) {
        millis += elapsed;
    }

    /** Runs duty cycles until there is no work. */
    void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Returns the delivered changes and causes of the presence, as words. */
    String changesWhenDrained() {
        drain();
        return listener.changes.isEmpty()
                ? "nothing"
                : listener.changes.toString().trim();
    }

    /** An executor whose tasks an actor runs. It can reject tasks. */
    static final class ManualExecutor implements Executor {

        private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
        volatile boolean isRejecting;

        @Override
        public void execute(Runnable task) {
            if (isRejecting) {
                throw new RejectedExecutionException("rejected by the test");
            }
            pending.add(task);
        }

        /** Runs the pending tasks, and the tasks that they submit. */
        void run() {
            for (Runnable task = pending.poll(); task != null; task = pending.poll()) {
                task.run();
            }
        }
    }

    /** A listener that records the changes and the last status of the presence. One thread at a time. */
    static final class RecordingListener implements PresenceListener {

        final StringBuilder changes = new StringBuilder();

        @Nullable String status;

        @Override
        public void onEvent(PresenceEvent event) {
            if (event.presence().id().equals(ID)) {
                changes.append(event.cause() == null ? event.change() : event.cause())
                        .append(' ');
                status = event.change() == PresenceEvent.Change.EXIT
                        ? null
                        : event.presence().status();
            }
        }
    }
}
