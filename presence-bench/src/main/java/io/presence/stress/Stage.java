package io.presence.stress;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One caller-driven store with one presence that listeners know, and a clock that stands just before its deadline. */
final class Stage {

    static final String ID = "p";
    private static final Duration LIFETIME = Duration.ofMillis(80);

    private final AtomicLong nanos = new AtomicLong();
    private final StringBuffer changes = new StringBuffer();
    private volatile boolean closeReturned;
    private volatile boolean calledAfterClose;
    private volatile String lastStatus = "";
    private final PresenceStore store =
            PresenceStore.builder().callerDriven().nanoClock(nanos::get).build();
    private final Subscription subscription;

    Stage() {
        PresenceListener listener = this::told;
        subscription = store.subscribe(Channel.presences(), listener);
        upsert("first");
        drain();
        nanos.set(LIFETIME.toNanos() - 1);
    }

    private void told(PresenceEvent event) {
        calledAfterClose |= closeReturned;
        changes.append(event.change().name().charAt(1));
        lastStatus = event.presence().status();
    }

    void upsert(String status) {
        store.upsert(PresenceUpsert.of(ID, "ada", status).expiresIn(LIFETIME));
    }

    void update(String status) {
        store.update(ID, PresencePatch.none().status(status));
    }

    boolean touch() {
        return store.touch(ID);
    }

    boolean delete() {
        return store.delete(ID);
    }

    boolean isAlive() {
        Presence found = store.get(ID);
        return found != null;
    }

    void passToDeadline() {
        nanos.set(LIFETIME.toNanos());
    }

    void round() {
        store.doWork();
    }

    void drain() {
        while (store.doWork() > 0) {
            /* Until there is nothing left to tell. */
        }
    }

    void closeSubscription() {
        subscription.close();
        closeReturned = true;
    }

    boolean wasCalledAfterClose() {
        return calledAfterClose;
    }

    String lastStatus() {
        return lastStatus;
    }

    /** What the listener was told, by the second letters: N for ENTER, P for UPDATE, X for EXIT. */
    String changes() {
        return changes.toString();
    }
}
