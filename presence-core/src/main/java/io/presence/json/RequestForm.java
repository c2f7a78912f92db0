package io.presence.json;

import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.query.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests from maps of JSON values. */
final class RequestForm {

    private static final String ID = "presenceId";
    private static final Set<String> WRITTEN =
            Set.of("status", "source", "metadata", "permissions", "$permissions", "expiresAt", "expiresIn");
    private static final Set<String> OF_UPSERTS = Set.of(ID, "$id", "userId", IdleForm.FIELD);
    private static final int MAX_SHOWN = 80;

    private final Map<String, ? extends @Nullable Object> json;

    private RequestForm(Map<String, ? extends @Nullable Object> json) {
        this.json = json;
    }

    static PresenceUpsert upsert(Map<String, ? extends @Nullable Object> json) {
        RequestForm form = new RequestForm(json);
        form.requireKnown(true);
        return form.build(form::upsert);
    }

    static PresencePatch patch(Map<String, ? extends @Nullable Object> json) {
        RequestForm form = new RequestForm(json);
        form.requireKnown(false);
        return form.build(form::patch);
    }

    private PresenceUpsert upsert() {
        String id = required(nameOf(ID, "$id"));
        String status = required("status");
        String userId = text("userId");
        PresenceUpsert upsert = userId == null ? PresenceUpsert.of(id, status) : PresenceUpsert.of(id, userId, status);
        upsert = set(upsert, text("source"), PresenceUpsert::source);
        upsert = set(upsert, metadata(), PresenceUpsert::metadata);
        upsert = set(upsert, permissions(), PresenceUpsert::permissions);
        upsert = set(upsert, expiresAt(), PresenceUpsert::expiresAt);
        upsert = set(upsert, expiresIn(), PresenceUpsert::expiresIn);
        return IdleForm.addTo(upsert, json.get(IdleForm.FIELD));
    }

    private PresencePatch patch() {
        PresencePatch patch = set(PresencePatch.none(), text("status"), PresencePatch::status);
        patch = set(patch, text("source"), PresencePatch::source);
        patch = set(patch, metadata(), PresencePatch::metadata);
        patch = set(patch, permissions(), PresencePatch::permissions);
        patch = set(patch, expiresAt(), PresencePatch::expiresAt);
        return set(patch, expiresIn(), PresencePatch::expiresIn);
    }

    private static <R, V> R set(R request, @Nullable V value, BiFunction<R, V, R> setter) {
        return value == null ? request : setter.apply(request, value);
    }

    /* The message of a refusal begins with the parameter, or with the path within metadata. */
    private <R> R build(Supplier<R> request) {
        try {
            return request.get();
        } catch (PresenceJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int end = Math.max(0, message.indexOf(" must "));
            String parameter = message.substring(0, end);
            String field = parameter.equals(ID) ? nameOf(ID, "$id") : parameter;
            throw new PresenceJsonException(field, field + message.substring(end), e);
        }
    }

    private void requireKnown(boolean isUpsert) {
        for (String name : json.keySet()) {
            if (!WRITTEN.contains(name) && !(isUpsert && OF_UPSERTS.contains(name))) {
                String request = isUpsert ? "an upsert" : "a patch";
                throw refused(shortened(name), "must not be set: it is not a field of " + request);
            }
        }
        if (json.get("expiresAt") != null && json.get("expiresIn") != null) {
            throw refused("expiresIn", "must not be set together with expiresAt");
        }
    }

    /* One of two names of a field. */
    private String nameOf(String name, String other) {
        if (json.get(name) != null && json.get(other) != null) {
            throw refused(other, "must not be set together with " + name);
        }
        return json.get(other) == null ? name : other;
    }

    private String required(String field) {
        String text = text(field);
        if (text == null) {
            throw refused(field, "must be set");
        }
        return text;
    }

    private @Nullable String text(String field) {
        Object value = json.get(field);
        if (value != null && !(value instanceof String)) {
            throw refused(field, "must be a string: " + shown(value));
        }
        return (String) value;
    }

    private @Nullable Map<String, @Nullable Object> metadata() {
        Object value = json.get("metadata");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw refused("metadata", "must be an object: " + shown(value));
        }
        return JsonNumbers.normalized(map);
    }

    private String permissionsField() {
        return nameOf("permissions", "$permissions");
    }

    private @Nullable List<Permission> permissions() {
        String field = permissionsField();
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list) || list.size() > Permission.MAX_PERMISSIONS) {
            throw refused(field, "must be an array of at most " + Permission.MAX_PERMISSIONS + " strings");
        }
        Permission[] permissions = new Permission[list.size()];
        for (int i = 0; i < permissions.length; i++) {
            permissions[i] = permission(field + "[" + i + "]", list.get(i));
        }
        return List.of(permissions);
    }

    private static Permission permission(String field, @Nullable Object value) {
        if (!(value instanceof String text)) {
            throw refused(field, "must be a string: " + shown(value));
        }
        try {
            return Permission.parse(text);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage()).replaceFirst("^permission must", "must");
            throw new PresenceJsonException(field, field + (message.startsWith("must") ? " " : ": ") + message, e);
        }
    }

    private @Nullable Instant expiresAt() {
        String text = text("expiresAt");
        if (text == null) {
            return null;
        }
        Instant instant = Values.timestamp(text);
        if (instant == null) {
            throw refused("expiresAt", "must be an RFC 3339 date-time: " + shown(text));
        }
        return instant;
    }

    private @Nullable Duration expiresIn() {
        String text = text("expiresIn");
        return text == null ? null : duration("expiresIn", text);
    }

    static Duration duration(String field, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new PresenceJsonException(
                    field, field + " must be an ISO 8601 duration, such as PT30S: " + shown(text), e);
        }
    }

    static PresenceJsonException refused(String field, String reason) {
        return new PresenceJsonException(field, field + " " + reason, null);
    }

    static String shown(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof List ? "an array" : shortened(String.valueOf(value));
    }

    static String shortened(String text) {
        return shortened(text, MAX_SHOWN);
    }

    static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "...";
    }
}
