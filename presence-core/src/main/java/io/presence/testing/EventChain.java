package io.presence.testing;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checker of the order of calls of one subscription. It keeps the first violation, and {@link #verify} throws it
 * again.
 *
 * <p><b>Threads.</b> For one thread at a time.
 */
final class EventChain {

    private final boolean isChecked;
    /* Whether a presence can be visible without an event so far. */
    private boolean isOpenAtStart;
    private boolean isClosed;
    private final Map<String, PresenceEvent> last = new HashMap<>();
    private @Nullable AssertionError violation;

    private EventChain(boolean isChecked, boolean isOpenAtStart) {
        this.isChecked = isChecked;
        this.isOpenAtStart = isOpenAtStart;
    }

    static EventChain withoutSnapshot() {
        return new EventChain(true, true);
    }

    static EventChain withSnapshot() {
        return new EventChain(true, false);
    }

    static EventChain unchecked() {
        return new EventChain(false, true);
    }

    /** Returns an event in one line: change, id, and status or cause. */
    static String line(PresenceEvent event) {
        Presence presence = event.presence();
        Object end = event.change() == Change.EXIT ? event.cause() : presence.status();
        return event.change() + " " + presence.id() + " " + end;
    }

    void add(PresenceEvent event) {
        add(line(event));
        if (!isChecked) {
            return;
        }
        PresenceEvent before = last.put(event.presence().id(), event);
        require(
                follows(before, event.change()),
                "an event must follow ENTER UPDATE* EXIT after " + (before == null ? "no event" : line(before)) + ": "
                        + line(event));
        require(
                before == null || before.revision() < event.revision(),
                "revision must rise from " + (before == null ? 0 : before.revision()) + " to more: "
                        + event.revision());
    }

    private boolean follows(@Nullable PresenceEvent before, Change change) {
        if (before == null) {
            return isOpenAtStart || change == Change.ENTER;
        }
        return (change == Change.ENTER) == (before.change() == Change.EXIT);
    }

    /** Adds a call other than an event. */
    void add(String call) {
        require(!isChecked || !isClosed, "no call must follow closed: " + call);
    }

    void reset() {
        add("reset");
        last.clear();
        isOpenAtStart = !isChecked;
    }

    void close() {
        add("closed");
        isClosed = true;
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            AssertionError broken = new AssertionError(rule);
            violation = violation == null ? broken : violation;
            throw broken;
        }
    }

    void verify() {
        if (violation != null) {
            throw new AssertionError(violation.getMessage(), violation);
        }
    }
}
