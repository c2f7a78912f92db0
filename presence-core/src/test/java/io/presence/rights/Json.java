package io.presence.rights;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.json.PresenceJson;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of presences, which is made once for each instance, since a presence is immutable. For one thread. */
final class Json {

    private static final int MAX_KNOWN = 50_000;

    private final Map<Presence, String> known = new IdentityHashMap<>();

    String of(Presence presence) {
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(presence, PresenceJson::write);
    }

    /** The JSON of presences by id. */
    Map<String, String> of(Iterable<Presence> presences) {
        Map<String, String> json = new TreeMap<>();
        presences.forEach(presence -> json.put(presence.id(), of(presence)));
        return json;
    }

    /** Everything that an event has, as text. */
    List<Object> of(PresenceEvent event) {
        Presence previous = event.previous();
        return List.of(
                event.revision(),
                event.action(),
                event.change(),
                String.valueOf(event.cause()),
                of(event.presence()),
                previous == null ? "" : of(previous),
                String.valueOf(event.endedAt()),
                String.valueOf(event.lastSeenAt()),
                event.events(),
                event.channels());
    }
}
