package io.presence.json;

import io.presence.PresenceUpsert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The idle ladder of an upsert from a JSON array of rungs. */
final class IdleForm {

    static final String FIELD = "idle";

    private static final String AFTER = "after";
    private static final String STATUS = "status";
    private static final Set<String> FIELDS = Set.of(AFTER, STATUS);
    private static final int MAX_RUNGS = 8;

    private IdleForm() {}

    static PresenceUpsert addTo(PresenceUpsert upsert, @Nullable Object value) {
        if (value == null) {
            return upsert;
        }
        if (!(value instanceof List<?> rungs) || rungs.size() > MAX_RUNGS) {
            throw RequestForm.refused(FIELD, "must be an array of at most " + MAX_RUNGS + " objects");
        }
        PresenceUpsert laddered = upsert;
        for (int i = 0; i < rungs.size(); i++) {
            laddered = add(laddered, FIELD + "[" + i + "]", rungs.get(i));
        }
        return laddered;
    }

    private static PresenceUpsert add(PresenceUpsert upsert, String field, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> rung)) {
            throw RequestForm.refused(field, "must be an object: " + RequestForm.shown(value));
        }
        for (Object name : rung.keySet()) {
            if (!(name instanceof String text) || !FIELDS.contains(text)) {
                String unknown = field + "." + RequestForm.shortened(String.valueOf(name));
                throw RequestForm.refused(unknown, "must not be set: it is not a field of a rung");
            }
        }
        Duration after = RequestForm.duration(field + "." + AFTER, required(field, AFTER, rung));
        return add(upsert, field, after, required(field, STATUS, rung));
    }

    private static PresenceUpsert add(PresenceUpsert upsert, String field, Duration after, String status) {
        try {
            return upsert.idle(after, status);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String parameter = field + "." + message.substring(0, Math.max(0, message.indexOf(' ')));
            throw new PresenceJsonException(parameter, field + "." + message, e);
        }
    }

    private static String required(String field, String name, Map<?, ?> rung) {
        Object value = rung.get(name);
        if (value == null) {
            throw RequestForm.refused(field + "." + name, "must be set");
        }
        if (!(value instanceof String text)) {
            throw RequestForm.refused(field + "." + name, "must be a string: " + RequestForm.shown(value));
        }
        return text;
    }
}
