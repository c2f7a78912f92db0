package io.presence.examples.gateway.rest;

import io.presence.examples.gateway.wire.ApiException;
import java.util.List;
import java.util.Map;

/**
 * The routes by path.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class Routes {

    private final Map<String, Route> byPattern;

    /** A route and the variable part of the path. */
    record Found(Route route, String id) {}

    Routes(PresenceRoutes presences, AccountRoutes account) {
        byPattern = Map.ofEntries(
                Map.entry("GET /presences", presences::list),
                Map.entry("GET /presences/*", presences::get),
                Map.entry("PUT /presences/*", presences::upsert),
                Map.entry("PATCH /presences/*", presences::update),
                Map.entry("DELETE /presences/*", presences::delete),
                Map.entry("GET /account", account::get),
                Map.entry("POST /account/sessions/anonymous", account::signInAnonymously),
                Map.entry("GET /account/sessions/*", account::session),
                Map.entry("DELETE /account/sessions/*", account::signOut),
                Map.entry("POST /account/jwts", account::createJwt),
                Map.entry("POST /account/jwt", account::createJwt),
                Map.entry("GET /ping", account::ping));
    }

    /**
     * Finds a route.
     *
     * @param path after {@code /v1}
     * @throws ApiException {@code general_route_not_found}
     */
    Found find(String method, String path) {
        Route exact = byPattern.get(method + " " + path);
        if (exact != null) {
            return new Found(exact, "");
        }
        int slash = path.lastIndexOf('/');
        Route named = slash < 0 ? null : byPattern.get(method + " " + path.substring(0, slash) + "/*");
        if (named == null || slash == path.length() - 1) {
            throw new ApiException(
                    404,
                    "general_route_not_found",
                    "Route not found. Please ensure the endpoint is configured correctly and that the API route"
                            + " is valid for this SDK version.");
        }
        return new Found(named, path.substring(slash + 1));
    }

    /** Returns the methods of a path, for a preflight request. */
    static String methods() {
        return String.join(", ", List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
    }
}
