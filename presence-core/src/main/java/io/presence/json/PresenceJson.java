package io.presence.json;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A writer of presences, events and pages as JSON, with the names of Appwrite, and a reader of requests.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().callerDriven().build()) {
 *     store.upsert(PresenceJson.readUpsert("{\"presenceId\":\"tab-1\",\"userId\":\"ada\","
 *             + "\"status\":\"online\",\"metadata\":{\"room\":\"lobby\"}}"));
 *     Map<String, Object> json = PresenceJson.toMap(store.get("tab-1"));
 *     System.out.println(json.get("$id") + " " + json.get("metadata")); // prints: tab-1 {room=lobby}
 * }
 * }</pre>
 *
 * <p><b>Presence.</b> {@code $id}, {@code $createdAt}, {@code $updatedAt}, {@code $permissions}, {@code userId},
 * {@code status}, {@code source}, {@code expiresAt}, {@code metadata}, in this order. Times are ISO 8601 texts with
 * milliseconds and an offset, permissions are texts such as {@code read("users")}, and {@code source} may be null.
 * {@code writtenStatus} follows the status only if an idle ladder shows another one. Metadata has its members in the
 * order in which they were written.
 *
 * <p><b>Event.</b> {@code revision}, {@code action}, {@code change}, {@code events}, {@code channels} and
 * {@code payload}, which is the presence; {@code cause}, {@code idleChange} (true), {@code previous}, {@code endedAt}
 * and {@code lastSeenAt} only if the event has them. <b>Page.</b> {@code total}, {@code presences}, and {@code
 * previousCursor} and {@code nextCursor} only if the page has them.
 *
 * <p><b>Requests.</b> An upsert has {@code presenceId} (or {@code $id}), {@code userId}, {@code status},
 * {@code source}, {@code metadata}, {@code permissions} (or {@code $permissions}), and one of {@code expiresAt}, an RFC
 * 3339 date-time, and {@code expiresIn}, an ISO 8601 duration such as {@code PT30S}; {@code idle} is an array of rungs
 * such as {@code {"after":"PT5M","status":"away"}}. A patch has the same fields without the first two and {@code idle}.
 * A field that is null is as one that is absent, except within metadata. Reading is strict:
 * other fields, values of other types, repeated names and text after the end are refused.
 *
 * <p><b>Numbers.</b> Every number is kept exactly, by the rule of {@link io.presence.query.QueryJson}: an integer
 * stays an integer, a decimal of up to 17 digits is the nearest double, and a longer one, or one that a double cannot
 * hold, is an exact decimal. Hence a query with the same text as a number in metadata matches it. A decimal is written
 * as by {@link java.math.BigDecimal#toString}, with an exponent in place of many zeros.
 *
 * <p><b>Cost.</b> Linear in the size. The methods with texts need jackson-core at run time, which is an optional
 * dependency, and throw {@code IllegalStateException} if it is absent.
 * <p><b>Threads.</b> Stateless.
 */
public final class PresenceJson {

    private PresenceJson() {}

    /**
     * Returns a presence as a map of JSON values.
     *
     * @param presence the presence
     * @return a new map of strings, numbers, booleans, nulls, lists and maps, in the order of the text
     */
    public static Map<String, @Nullable Object> toMap(Presence presence) {
        return JsonForm.of(requireNonNull(presence, "presence must not be null"));
    }

    /**
     * Returns an event as a map of JSON values.
     *
     * @param event the event
     * @return a new map, as above
     */
    public static Map<String, @Nullable Object> toMap(PresenceEvent event) {
        return JsonForm.of(requireNonNull(event, "event must not be null"));
    }

    /**
     * Returns a page as a map of JSON values.
     *
     * @param page the page
     * @return a new map, as above
     */
    public static Map<String, @Nullable Object> toMap(PresencePage page) {
        return JsonForm.of(requireNonNull(page, "page must not be null"));
    }

    /**
     * Writes a presence.
     *
     * @param presence the presence
     * @return the JSON text
     */
    public static String write(Presence presence) {
        JacksonCore.require();
        return JsonText.write(toMap(presence));
    }

    /**
     * Writes an event.
     *
     * @param event the event
     * @return the JSON text
     */
    public static String write(PresenceEvent event) {
        JacksonCore.require();
        return JsonText.write(toMap(event));
    }

    /**
     * Writes a page.
     *
     * @param page the page
     * @return the JSON text
     */
    public static String write(PresencePage page) {
        JacksonCore.require();
        return JsonText.write(toMap(page));
    }

    /**
     * Returns the upsert that a map of JSON values describes. Decimals that were read by another library must be
     * {@link java.math.BigDecimal}, since a {@code Double} has lost digits.
     *
     * @param json the fields, as above
     * @return the upsert
     * @throws PresenceJsonException if a field is unknown, missing or refused
     */
    public static PresenceUpsert toUpsert(Map<String, ? extends @Nullable Object> json) {
        return RequestForm.upsert(requireNonNull(json, "json must not be null"));
    }

    /**
     * Returns the patch that a map of JSON values describes.
     *
     * @param json the fields, as above
     * @return the patch
     * @throws PresenceJsonException if a field is unknown or refused
     */
    public static PresencePatch toPatch(Map<String, ? extends @Nullable Object> json) {
        return RequestForm.patch(requireNonNull(json, "json must not be null"));
    }

    /**
     * Reads an upsert.
     *
     * @param json the JSON text of an object
     * @return the upsert
     * @throws PresenceJsonException if the text is not JSON, or a field is unknown, missing or refused
     */
    public static PresenceUpsert readUpsert(String json) {
        requireNonNull(json, "json must not be null");
        JacksonCore.require();
        return toUpsert(JsonText.read(json));
    }

    /**
     * Reads a patch.
     *
     * @param json the JSON text of an object
     * @return the patch
     * @throws PresenceJsonException if the text is not JSON, or a field is unknown or refused
     */
    public static PresencePatch readPatch(String json) {
        requireNonNull(json, "json must not be null");
        JacksonCore.require();
        return toPatch(JsonText.read(json));
    }
}
