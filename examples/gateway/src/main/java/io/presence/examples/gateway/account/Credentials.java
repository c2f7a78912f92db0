package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.wire.Json;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a request.
 *
 * @param session the secret of a session, by cookie or header
 * @param jwt a token
 * @param key an API key
 */
record Credentials(
        @Nullable String session,
        @Nullable String jwt,
        @Nullable String key) {

    /** Returns the credentials in the headers, and the token in the URI of a WebSocket. */
    static Credentials of(MultiMap headers, @Nullable String queryJwt, String project) {
        String name = "a_session_" + project;
        String session = cookie(headers.get("Cookie"), name);
        session = session == null ? headers.get("X-Appwrite-Session") : session;
        session = session == null ? fallback(headers.get("X-Fallback-Cookies"), name) : session;
        String jwt = headers.get("X-Appwrite-JWT");
        return new Credentials(session, jwt == null ? queryJwt : jwt, headers.get("X-Appwrite-Key"));
    }

    private static @Nullable String cookie(@Nullable String header, String name) {
        if (header == null) {
            return null;
        }
        for (String pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? "" : pair.substring(0, equals).trim();
            if (key.equals(name) || key.equals(name + "_legacy")) {
                return pair.substring(equals + 1).trim();
            }
        }
        return null;
    }

    private static @Nullable String fallback(@Nullable String header, String name) {
        if (header == null) {
            return null;
        }
        try {
            JsonNode value = Json.parse(header).path(name);
            return value.isTextual() ? value.textValue() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
