package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param status the HTTP status
 * @param body the JSON to send, or null for no body
 * @param headers those in addition to the ones of every answer
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
