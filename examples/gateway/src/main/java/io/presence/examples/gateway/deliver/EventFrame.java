package io.presence.examples.gateway.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.PresenceJson;
import io.presence.examples.gateway.wire.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The text of an event, created once for all sockets that receive it; only the ids of their subscriptions differ.
 *
 * <p><b>Threads.</b> Safe for use by any thread; the text may be created twice, with equal results.
 */
final class EventFrame {

    private final PresenceEvent event;
    private final Action action;
    private final @Nullable String reason;
    private final boolean isSnapshot;
    private final Instant at;
    private @Nullable String head;

    EventFrame(PresenceEvent event, Action action, @Nullable String reason, boolean isSnapshot, Instant at) {
        this.event = event;
        this.action = action;
        this.reason = reason;
        this.isSnapshot = isSnapshot;
        this.at = at;
    }

    long revision() {
        return event.revision();
    }

    /** Returns whether another socket receives the same text for the same change. */
    boolean isOf(PresenceEvent other, Action as, boolean snapshot) {
        return event.revision() == other.revision()
                && action == as
                && isSnapshot == snapshot
                && event.cause() == other.cause()
                && isSame(event.presence(), other.presence());
    }

    private static boolean isSame(Presence one, Presence other) {
        return one == other || one.equals(other);
    }

    /** Returns the whole text. */
    String text(Iterable<String> subscriptionIds) {
        String text = head;
        if (text == null) {
            text = head();
            head = text;
        }
        return text + Json.strings(subscriptionIds) + "}}";
    }

    private String head() {
        PresenceEvent named = new PresenceEvent(
                event.revision(), action, event.change(), event.cause(), event.presence(), event.previous());
        ObjectNode data = Json.object();
        data.set("events", Json.strings(named.events()));
        data.set("channels", Json.strings(named.channels()));
        data.put("timestamp", Times.write(at));
        data.set("payload", PresenceJson.of(event.presence()));
        data.put("revision", event.revision());
        if (reason != null) {
            data.put("reason", reason);
        }
        if (isSnapshot) {
            data.put("snapshot", true);
        }
        String text = Json.write(data);
        return "{\"type\":\"event\",\"data\":" + text.substring(0, text.length() - 1) + ",\"subscriptions\":";
    }
}
