package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param body what to send, or null for nothing
 * @param headers beside those that every answer has
 */
record Reply(int status, @Nullable JsonNode body, Map<String, String> headers) {

    static Reply of(int status, @Nullable JsonNode body) {
        return new Reply(status, body, Map.of());
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, body, more);
    }
}
