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
 * A caller-driven store whose clock the actors move, with one presence at the last millisecond of its life, all told.
 *
 * <p>To make a store costs far more than a race in it, so the arbiter gives its scene back for another race.
 */
final class StoreFixture {

    private static final ConcurrentLinkedDeque<StoreFixture> FREE = new ConcurrentLinkedDeque<>();

    static final String ID = "p";
    static final long TTL = 10;

    final PresenceStore store;
    final Told told = new Told();
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
        store.subscribe(Channel.presences(), told);
    }

    static StoreFixture take() {
        StoreFixture free = FREE.pollFirst();
        StoreFixture scene = free == null ? new StoreFixture() : free;
        scene.upsert("online", TTL);
        scene.drain();
        scene.told.steps.setLength(0);
        scene.pass(TTL - 1);
        return scene;
    }

    /** Puts the store back to empty. */
    void giveBack() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        pass(2 * TTL);
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
        Subscription made = store.subscribe(channel, options, listener);
        subscriptions.add(made);
        return made;
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

    /** How long the presence lives, in milliseconds. */
    long millisLeft() {
        Presence found = store.get(ID);
        return found == null ? 0 : found.expiresAt().toEpochMilli() - millis;
    }

    String status() {
        Presence found = store.get(ID);
        return found == null ? "none" : found.status();
    }

    void pass(long more) {
        millis += more;
    }

    /** Drives until there is nothing to do. */
    void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /** What was told of the one presence, as words. */
    String stepsWhenDrained() {
        drain();
        return told.steps.isEmpty() ? "nothing" : told.steps.toString().trim();
    }

    /** An executor of which an actor is the thread. It can be made to refuse. */
    static final class Tasks implements Executor {

        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        volatile boolean refuses;

        @Override
        public void execute(Runnable task) {
            if (refuses) {
                throw new RejectedExecutionException("not now");
            }
            waiting.add(task);
        }

        /** Runs what waits, and what that leaves. */
        void run() {
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }
        }
    }

    /** Puts together what it is told. For one thread at a time. */
    static final class Told implements PresenceListener {

        final StringBuilder steps = new StringBuilder();

        @Nullable String status;

        @Override
        public void onEvent(PresenceEvent event) {
            if (event.presence().id().equals(ID)) {
                steps.append(event.cause() == null ? event.change() : event.cause())
                        .append(' ');
                status = event.change() == PresenceEvent.Change.EXIT
                        ? null
                        : event.presence().status();
            }
        }
    }
}
