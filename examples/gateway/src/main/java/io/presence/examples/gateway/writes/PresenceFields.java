package io.presence.examples.gateway.writes;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.Times;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checked fields of a presence in a request or message. A field that is absent or null is not given.
 *
 * @param status the text, or null
 * @param metadata a map, or null
 * @param permissions a list, or null
 * @param expiresAt a moment, or null
 * @param userId the owner, or null
 */
public record PresenceFields(
        @Nullable String status,
        @Nullable Map<String, @Nullable Object> metadata,
        @Nullable List<Permission> permissions,
        @Nullable Instant expiresAt,
        @Nullable String userId) {

    /** The longest id that Appwrite accepts. */
    public static final int MAX_ID = 36;

    private static final Duration MAX_TTL = Duration.ofDays(30);
    private static final int MAX_STATUS = 255;

    /**
     * Reads the fields of an object.
     *
     * @throws ApiException {@code general_argument_invalid}, which names the field and the rule
     */
    public static PresenceFields of(JsonNode body, Instant now) {
        return new PresenceFields(
                status(body.path("status")),
                metadata(body.path("metadata")),
                permissions(body.path("permissions")),
                expiresAt(body.path("expiresAt"), now),
                id("userId", body.path("userId")));
    }

    /**
     * Checks an id of a presence or a user.
     *
     * @throws ApiException {@code general_argument_invalid}
     */
    public static String id(String parameter, String id) {
        boolean valid = !id.isEmpty()
                && id.length() <= MAX_ID
                && id.chars().allMatch(PresenceFields::isOfId)
                && Character.isLetterOrDigit(id.charAt(0));
        if (!valid) {
            throw ApiException.argument(
                    parameter,
                    "UID must contain at most " + MAX_ID
                            + " chars. Valid chars are a-z, A-Z, 0-9, period, hyphen and underscore."
                            + " Can't start with a special char.");
        }
        return id;
    }

    private static boolean isOfId(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '.' || c == '-' || c == '_';
    }

    private static @Nullable String id(String parameter, JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        return id(parameter, node.isTextual() ? node.textValue() : "");
    }

    private static @Nullable String status(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        String text = node.isTextual() ? node.textValue() : "";
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_STATUS) {
            throw ApiException.argument(
                    "status",
                    "Value must be a valid string and at least 1 chars and no longer than " + MAX_STATUS + " chars");
        }
        return text;
    }

    private static @Nullable Map<String, @Nullable Object> metadata(JsonNode given) {
        if (isAbsent(given)) {
            return null;
        }
        JsonNode node = given;
        try {
            node = given.isTextual() ? Json.parse(given.textValue()) : given;
        } catch (IllegalArgumentException e) {
            /* Refused below, like any text that is no object. */
        }
        if (!node.isObject() && !(node.isArray() && node.isEmpty())) {
            throw ApiException.argument("metadata", "Value must be a valid JSON object");
        }
        return Json.map(node);
    }

    private static @Nullable List<Permission> permissions(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        if (!node.isArray()) {
            throw ApiException.argument("permissions", "Permissions must be an array of strings.");
        }
        if (node.size() > Permission.MAX_PERMISSIONS) {
            throw ApiException.argument(
                    "permissions", "You can only provide up to " + Permission.MAX_PERMISSIONS + " permissions.");
        }
        List<Permission> permissions = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            permissions.add(permission(item));
        }
        return permissions;
    }

    private static Permission permission(JsonNode item) {
        try {
            return Permission.parse(item.isTextual() ? item.textValue() : "");
        } catch (IllegalArgumentException e) {
            throw ApiException.argument("permissions", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Instant expiresAt(JsonNode node, Instant now) {
        if (isAbsent(node)) {
            return null;
        }
        Instant last = now.plus(MAX_TTL);
        try {
            Instant at = Times.read(node.isTextual() ? node.textValue() : "");
            if (at.isAfter(now) && !at.isAfter(last)) {
                return at;
            }
        } catch (DateTimeException e) {
            /* Refused below, like a moment that is out of range. */
        }
        throw ApiException.argument(
                "expiresAt",
                "Value must be valid date in the future and between " + Times.write(now) + " and " + Times.write(last)
                        + ".");
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /**
     * Creates an upsert of the fields.
     *
     * @param owner the user
     * @throws ApiException {@code general_argument_invalid}, if the status is missing, or the library refuses a field
     */
    public PresenceUpsert upsert(String presenceId, String owner, String source) {
        if (status == null) {
            throw ApiException.missing("status");
        }
        PresenceUpsert upsert = PresenceUpsert.of(presenceId, owner, status).source(source);
        upsert = metadata == null ? upsert : structured(upsert::metadata, metadata);
        upsert = permissions == null ? upsert : upsert.permissions(permissions);
        return expiresAt == null ? upsert : upsert.expiresAt(expiresAt);
    }

    /** Creates a patch of the fields that are given. */
    public PresencePatch patch() {
        PresencePatch patch = PresencePatch.none();
        patch = status == null ? patch : patch.status(status);
        patch = metadata == null ? patch : structured(patch::metadata, metadata);
        patch = permissions == null ? patch : patch.permissions(permissions);
        return expiresAt == null ? patch : patch.expiresAt(expiresAt);
    }

    /* The value is a JSON object, and exceeds a limit of the library. */
    private static <T> T structured(
            Function<Map<String, @Nullable Object>, T> with, Map<String, @Nullable Object> metadata) {
        try {
            return with.apply(metadata);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "document_invalid_structure", String.valueOf(e.getMessage()));
        }
    }
}
