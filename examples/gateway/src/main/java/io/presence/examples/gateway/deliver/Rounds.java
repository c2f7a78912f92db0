package io.presence.examples.gateway.deliver;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The duty cycles of the store's dispatcher. The texts of a cycle become available to the event loops at its end. By
 * then the listeners of all subscriptions that a change concerns have been called, so those of one socket share one
 * text.
 *
 * <p>{@link PresenceStore#flush} marks the end of a cycle: it completes there, and wakes the dispatcher.
 *
 * <p><b>Threads.</b> For the dispatcher.
 */
public final class Rounds {

    private final PresenceStore store;
    private final Predicate<String> isDisconnecting;
    private final InstantSource clock;
    private List<Outbox> touched = new ArrayList<>();
    private final List<EventFrame> frames = new ArrayList<>();

    /**
     * Creates the cycles of one store.
     *
     * @param isDisconnecting whether the presence of an id is being deleted because its socket closes
     * @param clock the time in events
     */
    public Rounds(PresenceStore store, Predicate<String> isDisconnecting, InstantSource clock) {
        this.store = store;
        this.isDisconnecting = isDisconnecting;
        this.clock = clock;
    }

    /** Registers an outbox that has received its first text in this cycle. */
    void touched(Outbox outbox) {
        touched.add(outbox);
        if (touched.size() == 1) {
            var unused = store.flush().thenRun(this::end);
        }
    }

    private void end() {
        List<Outbox> filled = touched;
        touched = new ArrayList<>();
        filled.forEach(Outbox::endRound);
    }

    /** Returns the text of an event, the same for all subscriptions that receive it with this action. */
    EventFrame frame(PresenceEvent event, Action action, boolean isSnapshot) {
        if (!frames.isEmpty() && frames.get(0).revision() != event.revision()) {
            frames.clear();
        }
        for (EventFrame known : frames) {
            if (known.isOf(event, action, isSnapshot)) {
                return known;
            }
        }
        EventFrame made = new EventFrame(event, action, reason(event, action), isSnapshot, clock.instant());
        frames.add(made);
        return made;
    }

    private @Nullable String reason(PresenceEvent event, Action action) {
        Cause cause = event.cause();
        if (action != Action.DELETE || cause == null) {
            return null;
        }
        boolean isDisconnect =
                cause == Cause.DELETED && isDisconnecting.test(event.presence().id());
        return isDisconnect
                ? "disconnected"
                : cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
