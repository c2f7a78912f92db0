package io.presence.bench.soak;

import static io.presence.query.Query.equal;
import static io.presence.query.Query.greaterThanEqual;
import static io.presence.query.Query.lessThan;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.bench.soak.Faulty.Deliberate;
import io.presence.bench.soak.Faulty.Slow;
import io.presence.bench.soak.Faulty.Throwing;
import io.presence.bench.soak.Worker.Gate;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The subscriptions that are open for the whole soak: healthy ones on the dispatcher and on the threads of the store,
 * with and without filters, slow ones whose changes are conflated or reset, one that is paused between checkpoints, one
 * that throws, views, and one of locks.
 */
final class Listeners {

    private static final int MAX_PENDING = 200;
    private static final long CLOSE_SECONDS = 60;

    private final PresenceStore store;
    private final Findings findings;
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Throwing throwing;
    private final Subscription paused;
    private final Views views;
    private final Mirror locks;
    private long thrownOnce;

    Listeners(PresenceStore store, Gate gate, Findings findings) {
        this.store = store;
        this.findings = findings;
        SubscriptionOptions whole = SubscriptionOptions.defaults().withSnapshot();
        Query.Filter atLeast500 = greaterThanEqual("metadata.x", 500);
        Predicate<Presence> all = presence -> true;
        add(whole.onDispatcher(), new Mirror("on the dispatcher", all, findings));
        add(whole, new Mirror("on a thread", all, findings));
        add(
                whole.batchSize(1000),
                new Mirror.Batched("in batches", presence -> x(presence) >= 500, findings),
                atLeast500);
        String busiest = Writer.room(0);
        Predicate<Presence> inBusiest =
                presence -> busiest.equals(presence.metadata().get("room"));
        Query.Filter room = equal("metadata.room", busiest);
        add(whole, new Mirror("of a room", inBusiest, findings), room);
        add(whole, new Mirror("busy", presence -> presence.status().equals("busy"), findings), equal("status", "busy"));
        add(whole, new Slow("slow", inBusiest, gate, findings), room);
        add(whole.maxPending(MAX_PENDING), new Slow("slow and reset", inBusiest, gate, findings), room);
        throwing = new Throwing(presence -> x(presence) < 20, findings);
        add(whole, throwing, lessThan("metadata.x", 20));
        paused = add(whole, new Mirror("paused", presence -> x(presence) < 50, findings), lessThan("metadata.x", 50));
        views = new Views(store, findings);
        locks = new Mirror("of locks", all, findings);
        subscriptions.add(store.locks().subscribe(whole.name("of-locks"), locks));
    }

    private static int x(Presence presence) {
        return ((Number) presence.metadata().getOrDefault("x", 0)).intValue();
    }

    private Subscription add(SubscriptionOptions options, Mirror mirror, Query... filters) {
        mirrors.add(mirror);
        Subscription added =
                store.subscribe(Channel.presences(), options.name(mirror.name().replace(' ', '-')), mirror, filters);
        subscriptions.add(added);
        return added;
    }

    void pause() {
        paused.pause();
    }

    void resume() {
        paused.resume();
    }

    void compare(Map<String, Presence> truth, Map<String, Presence> heldLocks, String when) {
        mirrors.forEach(mirror -> mirror.compare(truth, when));
        views.compare(truth, when);
        locks.compare(heldLocks, when);
    }

    /** Opens a subscription that throws at its first event, and requires that it is then closed. */
    void throwOnce(String when) {
        PresenceListener failing = event -> {
            throw new Deliberate();
        };
        Subscription failed = store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot().closeOnError(),
                failing);
        thrownOnce++;
        CompletableFuture<CloseReason> reason = failed.closeFuture().toCompletableFuture();
        try {
            CloseReason why = reason.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            findings.require(
                    why == CloseReason.LISTENER_FAILED, "a failed listener must be closed " + when + ": " + why);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            findings.add("a failed listener must be closed in " + CLOSE_SECONDS + " s " + when + ": " + e);
        }
    }

    /** Returns the number of exceptions that listeners have thrown. */
    long thrown() {
        return throwing.thrown() + thrownOnce;
    }

    void closeAll() {
        subscriptions.forEach(Subscription::close);
        views.close();
    }

    String summary() {
        StringBuilder text = new StringBuilder("events");
        mirrors.forEach(mirror -> text.append("; ")
                .append(mirror.name())
                .append(' ')
                .append(mirror.events())
                .append(mirror.resets() == 0 ? "" : " and " + mirror.resets() + " resets"));
        return text.toString();
    }
}
