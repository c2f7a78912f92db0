package io.presence.examples.gateway.deliver;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.PresenceJson;
import io.presence.examples.gateway.wire.Times;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event under one action, as a text; only the ids of the subscriptions differ between sockets. Two are equal if they
 * say the same of the same change.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class EventFrame {

    private final long revision;
    private final Action action;
    private final Presence payload;
    private final @Nullable String reason;
    private final boolean isSnapshot;
    private final String head;

    EventFrame(PresenceEvent event, Action action, boolean isSnapshot, Instant at) {
        boolean isLeft = action == Action.DELETE && event.previous() != null;
        this.revision = event.revision();
        this.action = action;
        this.payload = isLeft ? Objects.requireNonNull(event.previous()) : event.presence();
        this.reason = action == Action.DELETE ? name(requireNonNullElse(event.cause(), Cause.NO_LONGER_MATCHES)) : null;
        this.isSnapshot = isSnapshot;
        this.head = head(at);
    }

    private static String name(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    long revision() {
        return revision;
    }

    /** Returns the whole text. */
    String text(List<String> subscriptionIds) {
        return head + "\"" + String.join("\",\"", subscriptionIds) + "\"]}}";
    }

    private String head(Instant at) {
        PresenceEvent named = new PresenceEvent(revision, action, PresenceEvent.Change.ENTER, null, payload, null);
        ObjectNode data = Json.object();
        data.set("events", Json.strings(named.events()));
        data.set("channels", Json.strings(named.channels()));
        data.put("timestamp", Times.write(at));
        /* An SDK gives its callbacks the payload alone. */
        ObjectNode document = PresenceJson.of(payload).put("$revision", revision);
        data.set("payload", document);
        data.put("revision", revision);
        if (reason != null) {
            document.put("$reason", reason);
            data.put("reason", reason);
        }
        if (isSnapshot) {
            data.put("snapshot", true);
        }
        String text = Json.write(data);
        return "{\"type\":\"event\",\"data\":" + text.substring(0, text.length() - 1) + ",\"subscriptions\":[";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof EventFrame that
                        && revision == that.revision
                        && action == that.action
                        && isSnapshot == that.isSnapshot
                        && Objects.equals(reason, that.reason)
                        && payload.equals(that.payload));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(revision) * 31 + action.hashCode();
    }
}
