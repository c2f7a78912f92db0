package io.presence.examples.gateway.wire;

import io.presence.PresenceException;
import io.presence.query.QueryException;

/** The translation of the library's exceptions to errors of Appwrite. */
public final class Refusals {

    private Refusals() {}

    /**
     * Translates an exception of the library.
     *
     * @param thrown anything
     * @param presenceId the presence of the request, or empty
     * @return the error; its status is 500 for an unexpected exception
     */
    public static ApiException of(Throwable thrown, String presenceId) {
        if (thrown instanceof ApiException api) {
            return api;
        }
        if (thrown instanceof PresenceException refused) {
            return of(refused, presenceId);
        }
        if (thrown instanceof QueryException query) {
            return new ApiException(400, "general_query_invalid", "Invalid query: " + query.getMessage());
        }
        if (thrown instanceof IllegalArgumentException argument) {
            return new ApiException(400, "general_argument_invalid", String.valueOf(argument.getMessage()));
        }
        return new ApiException(500, "general_unknown", "Server Error");
    }

    private static ApiException of(PresenceException refused, String presenceId) {
        return switch (refused.code()) {
            case NOT_FOUND -> ApiException.noPresence();
            case CURSOR_NOT_FOUND, CURSOR_INVALID -> ApiException.noCursor();
            case DENIED ->
                ApiException.unauthorized("The current user is not authorized to perform the requested action.");
            case SCOPE_MISSING -> ApiException.scope(String.valueOf(refused.getMessage()));
            case ID_UNAVAILABLE ->
                new ApiException(
                        409,
                        "presence_already_exists",
                        "Presence with the requested ID '" + presenceId
                                + "' already exists. Try again with a different ID or use ID.unique() to"
                                + " generate a unique ID.");
            case VERSION_CONFLICT ->
                new ApiException(409, "presence_version_conflict", String.valueOf(refused.getMessage()));
            case STORE_FULL -> new ApiException(503, "presence_limit_exceeded", String.valueOf(refused.getMessage()));
            case LIMIT_EXCEEDED ->
                new ApiException(429, "general_rate_limit_exceeded", String.valueOf(refused.getMessage()));
            case FENCED, SESSION_CLOSED ->
                new ApiException(409, "presence_conflict", String.valueOf(refused.getMessage()));
            case STORE_CLOSED, DRAINING ->
                new ApiException(503, "general_service_disabled", "The server is shutting down.");
        };
    }
}
