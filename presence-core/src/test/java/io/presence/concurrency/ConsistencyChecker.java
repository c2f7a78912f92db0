package io.presence.concurrency;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A slow listener that assembles its events and records violations: two calls at once, an event that does not follow
 * from the last, a presence that its principal cannot read, or a call after the end.
 *
 * <p>A presence whose status begins with {@link #OPEN} is for all, any other for its user alone.
 *
 * <p><b>Threads.</b> Called by the store, read by any thread.
 */
final class ConsistencyChecker implements PresenceListener {

    static final String OPEN = "open";

    private static final int MAX_SPINS = 300;

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean inCall = new AtomicBoolean();
    private Map<String, Presence> assembled;
    private volatile String user;
    private volatile boolean isBetween;
    private volatile boolean closeReturned;
    private volatile boolean endedAtReturn;
    private volatile @Nullable Subscription subscription;
    private volatile Checkpoint place = new Checkpoint("none", Map.of());
    private int latePerUser;
    private int late;
    private int calls;
    private int random = 1;
    private @Nullable String judgedFor;

    /** A resume token with the presences that were assembled at it. */
    record Checkpoint(String token, Map<String, Presence> assembled) {}

    ConsistencyChecker(String user, Map<String, Presence> known) {
        this.user = user;
        this.assembled = new HashMap<>(known);
    }

    void is(Subscription made) {
        subscription = made;
    }

    Subscription subscription() {
        return requireNonNull(subscription);
    }

    /** Becomes another's. Once this has returned, one call that had passed the gate may still be for the old one. */
    void becomes(String other, io.presence.Principal principal) {
        isBetween = true;
        subscription().switchPrincipal(principal);
        user = other;
        isBetween = false;
    }

    void close() {
        subscription().close();
        endedAtReturn = subscription().closeFuture().toCompletableFuture().isDone();
        closeReturned = true;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        call(List.of(event), () -> {});
    }

    @Override
    public void onSynced(long revision) {
        call(List.of(), () -> {});
    }

    @Override
    public void onReset() {
        call(List.of(), this::startOver);
    }

    @Override
    public void onClosed(CloseReason reason) {
        require(reason != CloseReason.CLOSED, "called because it was closed", reason);
        call(List.of(), () -> closeReturned = true);
    }

    /** The same listener, called with batches. */
    Batching inBatches() {
        return new Batching() {
            @Override
            public void onEvents(List<PresenceEvent> events) {
                call(events, () -> {});
            }

            @Override
            public void onSynced(long revision) {
                ConsistencyChecker.this.onSynced(revision);
            }

            @Override
            public void onReset() {
                ConsistencyChecker.this.onReset();
            }

            @Override
            public void onClosed(CloseReason reason) {
                ConsistencyChecker.this.onClosed(reason);
            }
        };
    }

    private void call(List<PresenceEvent> events, Runnable signal) {
        require(inCall.compareAndSet(false, true), "two calls at once", events);
        if (closeReturned && (++late > 1 || endedAtReturn)) {
            violations.add("called after the end: " + events);
        }
        judge(events);
        loiter();
        events.forEach(this::apply);
        signal.run();
        Subscription now = subscription;
        if (now != null && ++calls % 4 == 0) {
            place = new Checkpoint(now.resumeToken(), assembled());
        }
        inCall.set(false);
    }

    private void judge(List<PresenceEvent> events) {
        String now = user;
        if (isBetween) {
            return;
        }
        if (!now.equals(judgedFor)) {
            judgedFor = now;
            latePerUser = 0;
        }
        boolean leaks = events.stream()
                .anyMatch(event -> event.change() != PresenceEvent.Change.EXIT
                        && !event.presence().userId().equals(now)
                        && !event.presence().status().startsWith(OPEN));
        require(!leaks || ++latePerUser <= 1, "delivered to " + now + " what it may not read", events);
    }

    private synchronized void startOver() {
        assembled = new HashMap<>();
    }

    private synchronized void apply(PresenceEvent event) {
        String id = event.presence().id();
        Presence before = assembled.get(id);
        switch (event.change()) {
            case ENTER -> require(before == null, "entered twice", event);
            case UPDATE ->
                require(
                        before != null && before.equals(event.previous()),
                        "updated from what was not delivered",
                        event);
            case EXIT ->
                require(before != null && before.equals(event.presence()), "exited though not delivered", event);
        }
        if (event.change() == PresenceEvent.Change.EXIT) {
            assembled.remove(id);
        } else {
            assembled.put(id, event.presence());
        }
    }

    private void loiter() {
        random = random * 1_103_515_245 + 12_345;
        if ((random >>> 16 & 15) == 0) {
            Thread.yield();
        }
        for (int spins = (random >>> 8) % MAX_SPINS; spins > 0; spins--) {
            Thread.onSpinWait();
        }
    }

    private void require(boolean holds, String otherwise, Object found) {
        if (!holds) {
            violations.add(otherwise + ": " + found);
        }
    }

    String user() {
        return user;
    }

    Checkpoint place() {
        return place;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /** The presences that are assembled now. */
    synchronized Map<String, Presence> assembled() {
        return Map.copyOf(assembled);
    }
}
