package io.presence.examples.gateway.rest;

import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Says which pages may use the API, and refuses the others.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class Cors {

    private static final String HEADERS = String.join(
            ", ",
            "Accept",
            "Authorization",
            "Content-Type",
            "Cookie",
            "Origin",
            "X-Appwrite-Dev-Key",
            "X-Appwrite-JWT",
            "X-Appwrite-Key",
            "X-Appwrite-Locale",
            "X-Appwrite-Project",
            "X-Appwrite-Response-Format",
            "X-Appwrite-Session",
            "X-Appwrite-Source",
            "X-Fallback-Cookies",
            "X-Requested-With",
            "X-SDK-Graphql",
            "X-SDK-Language",
            "X-SDK-Name",
            "X-SDK-Platform",
            "X-SDK-Version");

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
    }

    /** Writes the headers of an answer; false if that is the whole answer. */
    boolean greet(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        HttpServerResponse response = request.response();
        if (!origins.allows(origin, request.getHeader("Host"))) {
            HttpApi.fail(response, new ApiException(403, "general_unknown_origin", Origins.refusal(origin)));
            return false;
        }
        if (origin != null) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Access-Control-Allow-Methods", Routes.methods())
                    .putHeader("Access-Control-Allow-Headers", HEADERS)
                    .putHeader("Access-Control-Expose-Headers", "X-Appwrite-Session, X-Fallback-Cookies")
                    .putHeader("Vary", "Origin");
        }
        if (HttpApi.isPreflight(request)) {
            response.setStatusCode(204).end();
            return false;
        }
        return true;
    }
}
