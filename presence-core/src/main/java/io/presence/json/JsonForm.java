package io.presence.json;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Presences, events and pages as maps of JSON values. */
final class JsonForm {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private JsonForm() {}

    static Map<String, @Nullable Object> of(Presence presence) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("$id", presence.id());
        map.put("$createdAt", time(presence.createdAt()));
        map.put("$updatedAt", time(presence.updatedAt()));
        map.put("$permissions", texts(presence.permissions()));
        map.put("userId", presence.userId());
        map.put("status", presence.status());
        boolean isAsWritten = presence.writtenStatus().equals(presence.status());
        putIfPresent(map, "writtenStatus", isAsWritten ? null : presence.writtenStatus());
        map.put("source", presence.source());
        map.put("expiresAt", time(presence.expiresAt()));
        map.put("metadata", presence.metadata());
        return map;
    }

    static Map<String, @Nullable Object> of(PresenceEvent event) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("revision", event.revision());
        map.put("action", event.action().toString());
        map.put("change", event.change().name());
        putIfPresent(map, "cause", event.cause() == null ? null : event.cause().name());
        putIfPresent(map, "idleChange", event.isIdleChange() ? true : null);
        map.put("events", event.events());
        map.put("channels", event.channels());
        map.put("payload", of(event.presence()));
        putIfPresent(map, "previous", event.previous() == null ? null : of(event.previous()));
        putIfPresent(map, "endedAt", event.endedAt() == null ? null : time(event.endedAt()));
        putIfPresent(map, "lastSeenAt", event.lastSeenAt() == null ? null : time(event.lastSeenAt()));
        return map;
    }

    static Map<String, @Nullable Object> of(PresencePage page) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("total", page.total());
        map.put("presences", page.presences().stream().map(JsonForm::of).toList());
        putIfPresent(map, "previousCursor", page.previousCursor());
        putIfPresent(map, "nextCursor", page.nextCursor());
        return map;
    }

    private static void putIfPresent(Map<String, @Nullable Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
