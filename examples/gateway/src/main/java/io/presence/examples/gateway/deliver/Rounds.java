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
 * The rounds of the store's dispatcher. What is told within one is handed to the event loops when it is over: by then
 * all subscriptions that a step concerns have been told it, so that those of one socket share one text.
 *
 * <p>That a round is over is told by {@link PresenceStore#flush}, which completes at the end of a round and wakes the
 * dispatcher by itself.
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
     * Makes it for one store.
     *
     * @param isDisconnecting tells whether the presence of an id is being deleted because its socket closes
     * @param clock the time that events say
     */
    public Rounds(PresenceStore store, Predicate<String> isDisconnecting, InstantSource clock) {
        this.store = store;
        this.isDisconnecting = isDisconnecting;
        this.clock = clock;
    }

    /** Takes note of a socket that is told something in this round, unless it has been noted. */
    void touched(Outbox outbox) {
        touched.add(outbox);
        if (touched.size() == 1) {
            var unused = store.flush().thenRun(this::end);
        }
    }

    private void end() {
        List<Outbox> told = touched;
        touched = new ArrayList<>();
        told.forEach(Outbox::endRound);
    }

    /** Returns the text of an event: the same for all that are told the same of one step. */
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
