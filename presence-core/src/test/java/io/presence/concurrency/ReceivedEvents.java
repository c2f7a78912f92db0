package io.presence.concurrency;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A listener that assembles its events and records violations of {@code ENTER UPDATE* EXIT}. In place of {@code
 * RecordingListener}, since it keeps no events in long runs and checks expiry against the clock.
 *
 * <p><b>Threads.</b> Called by one thread at a time, read by any.
 */
final class ReceivedEvents implements PresenceListener {

    private final Map<String, Presence> inSight = new HashMap<>();
    private final List<PresenceEvent> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final LongSupplier wallMillis;
    private boolean keepsEvents = true;
    private long revision;
    private int syncs;
    private @Nullable CloseReason closed;

    ReceivedEvents() {
        this(() -> Long.MAX_VALUE);
    }

    /**
     * Also checks that nothing expires early.
     *
     * @param wallMillis the clock that lifetimes are shown by
     */
    ReceivedEvents(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    /** Keeps no list of events, for long runs. */
    ReceivedEvents withoutEvents() {
        keepsEvents = false;
        return this;
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        if (keepsEvents) {
            events.add(event);
        }
        String id = event.presence().id();
        boolean snapshot = syncs == 0 && event.change() == PresenceEvent.Change.ENTER && event.revision() == revision;
        if (event.revision() <= revision && !snapshot && revision > 0) {
            violations.add("revision " + event.revision() + " came after " + revision + ": " + event);
        }
        revision = event.revision();
        Presence before = inSight.get(id);
        switch (event.change()) {
            case ENTER -> {
                require(before == null, "entered twice", event);
                inSight.put(id, event.presence());
            }
            case UPDATE -> {
                require(
                        before != null && before.equals(event.previous()),
                        "updated from what was not delivered",
                        event);
                inSight.put(id, event.presence());
            }
            case EXIT -> {
                require(before != null && before.equals(event.presence()), "exited though not delivered", event);
                inSight.remove(id);
                requireNotEarly(event);
            }
        }
    }

    private void requireNotEarly(PresenceEvent event) {
        if (event.cause() == PresenceEvent.Cause.EXPIRED) {
            long shown = event.presence().expiresAt().toEpochMilli();
            require(wallMillis.getAsLong() >= shown, "expired early", event);
        }
    }

    private void require(boolean holds, String otherwise, PresenceEvent event) {
        if (!holds) {
            violations.add(otherwise + ": " + event);
        }
    }

    @Override
    public synchronized void onSynced(long revision) {
        syncs++;
        this.revision = revision;
    }

    @Override
    public synchronized void onClosed(CloseReason reason) {
        if (closed != null) {
            violations.add("closed twice: " + closed + ", " + reason);
        }
        closed = reason;
    }

    synchronized @Nullable Presence inSight(String id) {
        return inSight.get(id);
    }

    synchronized Map<String, String> statuses() {
        return Presences.statuses(inSight.values());
    }

    /** The events since the last call, as words: {@code ENTER}, {@code UPDATE}, or the cause of an exit. */
    synchronized List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (PresenceEvent event : events) {
            steps.add(String.valueOf(event.cause() == null ? event.change() : event.cause()));
        }
        events.clear();
        return steps;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized @Nullable CloseReason closed() {
        return closed;
    }

    /** The statuses by which tests compare presences. */
    static final class Presences {

        private Presences() {}

        static Map<String, String> statuses(Iterable<? extends Presence> presences) {
            Map<String, String> statuses = new HashMap<>();
            presences.forEach(presence -> statuses.put(presence.id(), presence.status()));
            return statuses;
        }
    }
}
