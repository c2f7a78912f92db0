package io.presence.examples.gateway.rest;

import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The CORS headers for pages that may use the API. Other pages are refused.
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
            "X-Appwrite-ID",
            "X-Appwrite-Impersonate-User-Email",
            "X-Appwrite-Impersonate-User-Id",
            "X-Appwrite-Impersonate-User-Phone",
            "X-Appwrite-JWT",
            "X-Appwrite-Key",
            "X-Appwrite-Mode",
            "X-Appwrite-Locale",
            "X-Appwrite-Project",
            "X-Appwrite-Response-Format",
            "X-Appwrite-Session",
            "X-Appwrite-Source",
            "X-Appwrite-Timestamp",
            "X-Fallback-Cookies",
            "X-Requested-With",
            "X-SDK-Graphql",
            "X-SDK-Language",
            "X-SDK-Name",
            "X-SDK-Platform",
            "X-SDK-Version");

    /* The longest time that Chromium accepts. Without it a browser sends a preflight before each request. */
    private static final String MAX_AGE = "7200";
    private static final String EXPOSED =
            "X-Appwrite-Session, X-Fallback-Cookies, X-Appwrite-Cache, X-Appwrite-Warning, Retry-After";

    private final Origins origins;

    Cors(Origins origins) {
        this.origins = origins;
    }

    /** Writes the headers of an answer. Returns false if the answer is complete by that. */
    boolean greet(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        HttpServerResponse response = request.response();
        if (!origins.allowsHost(host)) {
            HttpApi.fail(response, new ApiException(403, "general_unknown_origin", Origins.hostRefusal(host)));
            return false;
        }
        if (!origins.allows(origin, host)) {
            HttpApi.fail(response, new ApiException(403, "general_unknown_origin", Origins.refusal(origin)));
            return false;
        }
        if (origin != null) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Access-Control-Allow-Methods", Routes.methods())
                    .putHeader("Access-Control-Allow-Headers", HEADERS)
                    .putHeader("Access-Control-Expose-Headers", EXPOSED)
                    .putHeader("Vary", "Origin");
        }
        if (HttpApi.isPreflight(request)) {
            response.putHeader("Access-Control-Max-Age", MAX_AGE)
                    .setStatusCode(204)
                    .end();
            return false;
        }
        return true;
    }
}
