package io.presence.examples.gateway.deliver;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one event: a filter that it enters, one that it leaves and one in which it stays have different ones.
 *
 * <p><b>Threads.</b> Safe for use by any thread; a frame may be created twice.
 */
public final class EventFrames {

    private static final int ACTIONS = 3;

    private final PresenceEvent event;
    private final Instant at;
    private final @Nullable EventFrame[] known = new EventFrame[2 * ACTIONS];

    /** Creates the frames of an event, with their time. */
    public EventFrames(PresenceEvent event, Instant at) {
        this.event = event;
        this.at = at;
    }

    EventFrame as(Action action, boolean isSnapshot) {
        int index = (isSnapshot ? ACTIONS : 0)
                + switch (action) {
                    case UPSERT -> 0;
                    case UPDATE -> 1;
                    case DELETE -> 2;
                };
        EventFrame frame = known[index];
        if (frame == null) {
            frame = new EventFrame(event, action, isSnapshot, at);
            known[index] = frame;
        }
        return frame;
    }
}
