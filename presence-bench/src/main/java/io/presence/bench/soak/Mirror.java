package io.presence.bench.soak;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A listener that builds the list of the presences that it sees from events alone, and compares it with the list of the
 * store. It checks that the events of each presence are {@code ENTER UPDATE* EXIT}.
 *
 * <p><b>Threads.</b> Called by the draining thread, and compared by the checkpoint.
 */
class Mirror implements PresenceListener {

    private final String name;
    private final Predicate<Presence> sees;
    private final Findings findings;
    private final Map<String, Presence> present = new HashMap<>();
    private long enters;
    private long exits;
    private long events;
    private long resets;

    /**
     * Makes a mirror.
     *
     * @param name the name in findings
     * @param sees the filter of its subscription in Java
     */
    Mirror(String name, Predicate<Presence> sees, Findings findings) {
        this.name = name;
        this.sees = sees;
        this.findings = findings;
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        Presence presence = event.presence();
        events++;
        boolean isKnown = switch (event.change()) {
            case ENTER -> {
                enters++;
                yield present.put(presence.id(), presence) == null;
            }
            case UPDATE -> present.put(presence.id(), presence) != null;
            case EXIT -> {
                exits++;
                yield present.remove(presence.id()) != null;
            }
        };
        if (!isKnown) {
            findings.add(name + ": " + event.change() + " must not follow for " + presence.id());
        }
    }

    @Override
    public synchronized void onReset() {
        resets++;
        exits += present.size();
        present.clear();
    }

    @Override
    public void onClosed(CloseReason reason) {
        findings.add(name + ": must not be closed by the store: " + reason);
    }

    /** Requires that this view equals the list of the store, and that the events add up to its size. */
    synchronized void compare(Map<String, Presence> truth, String when) {
        findings.requireEqual(name + ": ENTER minus EXIT " + when, present.size(), enters - exits);
        long expected = 0;
        for (Presence listed : truth.values()) {
            if (!sees.test(listed)) {
                continue;
            }
            expected++;
            String difference = difference(listed, present.get(listed.id()));
            findings.require(difference.isEmpty(), name + ": " + when + ": " + listed.id() + difference);
        }
        if (expected != present.size()) {
            findings.requireEqual(name + ": presences " + when, expected, present.size());
            present.keySet().stream()
                    .filter(id -> !truth.containsKey(id))
                    .findFirst()
                    .ifPresent(id -> findings.add(name + ": " + when + ": " + id + " must not be in the view"));
        }
    }

    /** A mirror that receives its events in batches. */
    static final class Batched extends Mirror implements PresenceListener.Batching {

        Batched(String name, Predicate<Presence> sees, Findings findings) {
            super(name, sees, findings);
        }

        @Override
        public void onEvents(List<PresenceEvent> batch) {
            batch.forEach(this::onEvent);
        }
    }

    private static String difference(Presence listed, @Nullable Presence mirrored) {
        if (mirrored == null) {
            return " must be in the view";
        }
        boolean isEqual = listed.version().equals(mirrored.version())
                && listed.userId().equals(mirrored.userId())
                && listed.status().equals(mirrored.status())
                && listed.metadata().equals(mirrored.metadata());
        return isEqual ? "" : " must be " + listed + ": " + mirrored;
    }

    /** Drops the view, which refers to objects of the store. */
    synchronized void forget() {
        present.clear();
    }

    String name() {
        return name;
    }

    synchronized long events() {
        return events;
    }

    synchronized long resets() {
        return resets;
    }
}
