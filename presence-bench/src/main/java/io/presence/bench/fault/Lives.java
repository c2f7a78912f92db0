package io.presence.bench.fault;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import java.time.Duration;

/**
 * Presences with the numbers from 0 on, and the earliest and the latest time at which the deadline of each can be. As a
 * listener it requires one ENTER and at most one EXIT of each, in this order and not before its deadline.
 *
 * <p><b>Threads.</b> One thread writes; the listener is called by another one.
 */
final class Lives implements PresenceListener {

    private final PresenceStore store;
    private final long[] earliest;
    private final long[] latest;
    private final boolean[] hasEntered;
    private final boolean[] hasEnded;
    private final Duration[] ttls;
    private int ended;
    private long revision;
    private String wrong = "";

    Lives(PresenceStore store, int count) {
        this.store = store;
        this.earliest = new long[count];
        this.latest = new long[count];
        this.hasEntered = new boolean[count];
        this.hasEnded = new boolean[count];
        this.ttls = new Duration[count];
    }

    private static String id(int number) {
        return "p" + number;
    }

    void create(int number) {
        store.upsert(PresenceUpsert.of(id(number), "u", "online"));
    }

    /** Sets the TTL, which is also that of later heartbeats. Nothing is delivered of it. */
    void lease(int number, Duration ttl) {
        ttls[number] = ttl;
        long before = System.nanoTime();
        bound(number, before, before);
        store.update(id(number), PresencePatch.none().expiresIn(ttl));
        bound(number, before, System.nanoTime());
    }

    private synchronized void bound(int number, long before, long after) {
        earliest[number] = before + ttls[number].toNanos();
        latest[number] = after + ttls[number].toNanos();
    }

    /** Sends a heartbeat: it must be accepted before the deadline, and refused from the deadline on. */
    boolean beat(int number) {
        long before = System.nanoTime();
        boolean isAccepted = store.touch(id(number));
        long after = System.nanoTime();
        if (isAccepted) {
            require(before < latest(number), "a heartbeat must not revive " + id(number));
            bound(number, before, after);
        } else {
            require(after >= earliest(number), "a heartbeat must be accepted before the deadline of " + id(number));
        }
        return isAccepted;
    }

    private synchronized long earliest(int number) {
        return earliest[number];
    }

    private synchronized long latest(int number) {
        return latest[number];
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        long now = System.nanoTime();
        int number = Integer.parseInt(event.presence().id().substring(1));
        require(event.revision() > revision, "revisions must rise: " + event);
        revision = event.revision();
        switch (event.change()) {
            case ENTER -> {
                require(!hasEntered[number], "ENTER must come once: " + event);
                hasEntered[number] = true;
            }
            case UPDATE -> require(false, "nothing must be updated: " + event);
            case EXIT -> {
                require(hasEntered[number] && !hasEnded[number], "EXIT must come once, after ENTER: " + event);
                require(event.cause() == Cause.EXPIRED, "presences must expire: " + event);
                require(now >= earliest[number], "no presence must end early: " + event);
                hasEnded[number] = true;
                ended++;
            }
        }
    }

    synchronized int ended() {
        return ended;
    }

    synchronized boolean hasEnded(int number) {
        return hasEnded[number];
    }

    /** Keeps the first failure, since the listener must not throw. */
    synchronized void require(boolean holds, String rule) {
        if (!holds && wrong.isEmpty()) {
            wrong = rule;
        }
    }

    /**
     * Fails if a rule was broken.
     *
     * @throws IllegalStateException with the first rule
     */
    synchronized void check() {
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(wrong);
        }
    }
}
