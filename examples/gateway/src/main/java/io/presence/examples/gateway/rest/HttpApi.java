package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.presence.PresenceStore;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Jwt;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.limit.ClientAddress;
import io.presence.examples.gateway.limit.Quota;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.Refusals;
import io.presence.examples.gateway.writes.PresenceWrites;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The API under {@code /v1}. It reads a request, finds its caller and its route, and sends the answer or the error.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class HttpApi implements Handler<HttpServerRequest> {

    /** The first part of each path of the API. */
    public static final String PREFIX = "/v1";

    /** The version in each error. */
    private static final String VERSION = "1.9.6";

    private final String project;
    private final Authentication authentication;
    private final Cors cors;
    private final ClientAddress addresses;
    private final Quota ofAddress;
    private final Quota ofUser;
    private final int maxBody;
    private final Routes routes;

    /**
     * Creates the API of one project.
     *
     * @param limits the requests and sessions of one user and of one address
     * @param maxBody the longest body of a request, in bytes
     */
    public HttpApi(
            Vertx vertx,
            PresenceStore store,
            PresenceWrites writes,
            Sessions sessions,
            Jwt jwt,
            InstantSource clock,
            LongSupplier nanoClock,
            String project,
            Authentication authentication,
            Origins origins,
            ClientAddress addresses,
            UsageLimits limits,
            int maxBody) {
        this.project = project;
        this.authentication = authentication;
        this.cors = new Cors(origins);
        this.addresses = addresses;
        this.ofAddress = new Quota(limits.requestsPerAddress(), nanoClock);
        this.ofUser = new Quota(limits.requestsPerUser(), nanoClock);
        this.maxBody = maxBody;
        this.routes = new Routes(
                new PresenceRoutes(vertx, store, writes, sessions, clock, nanoClock),
                new AccountRoutes(vertx, project, sessions, jwt, new Quota(limits.sessionsPerMinute(), nanoClock)));
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response().exceptionHandler(gone -> {});
        if (!cors.greet(request)) {
            return;
        }
        String address = addresses.of(
                request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
        read(request).compose(body -> answer(request, address, body)).onComplete(result -> {
            if (result.succeeded()) {
                send(request.response(), result.result());
            } else {
                fail(request.response(), Refusals.of(result.cause(), lastOf(request)));
            }
        });
    }

    private Future<Buffer> read(HttpServerRequest request) {
        try {
            return Bodies.read(request, maxBody);
        } catch (ApiException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Reply> answer(HttpServerRequest request, String address, Buffer body) {
        Routes.Found found = routes.find(request.method().name(), request.path().substring(PREFIX.length()));
        if (!request.path().equals(PREFIX + "/ping")) {
            requireProject(request);
        }
        Caller caller = authentication.ofRequest(request.headers());
        requireQuota(caller, address);
        Call call = new Call(caller, address, request.headers(), request.params(), decoded(found.id()), json(body));
        return found.route().answer(call);
    }

    private void requireQuota(Caller caller, String address) {
        if (caller.isKey()) {
            return;
        }
        if (!ofAddress.take(address)) {
            throw ApiException.rateLimit(ofAddress.retryAfterSeconds());
        }
        Session session = caller.session();
        if (session != null && !ofUser.take(session.user().id())) {
            throw ApiException.rateLimit(ofUser.retryAfterSeconds());
        }
    }

    private void requireProject(HttpServerRequest request) {
        String header = request.getHeader("X-Appwrite-Project");
        if (!project.equals(header == null ? request.getParam("project") : header)) {
            throw new ApiException(
                    404,
                    "project_not_found",
                    "Project with the requested ID could not be found. Please check the value of the"
                            + " X-Appwrite-Project header to ensure the correct project ID is being used.");
        }
    }

    private static JsonNode json(Buffer body) {
        if (body.length() == 0) {
            return MissingNode.getInstance();
        }
        JsonNode node;
        try {
            node = Json.parse(Bodies.text(body));
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "general_bad_request", String.valueOf(e.getMessage()));
        }
        if (!node.isObject()) {
            throw new ApiException(400, "general_bad_request", "The body must be a JSON object: " + node.getNodeType());
        }
        return node;
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "general_bad_request", "The path must be encoded properly.");
        }
    }

    private static String lastOf(HttpServerRequest request) {
        String path = request.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (response.closed()) {
            return;
        }
        reply.headers().forEach(response::putHeader);
        response.setStatusCode(reply.status());
        end(response, reply.body());
    }

    /** Answers with an error. */
    static void fail(HttpServerResponse response, ApiException error) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(error.status());
        if (error.retryAfterSeconds() > 0) {
            response.putHeader("Retry-After", String.valueOf(error.retryAfterSeconds()));
        }
        end(
                response,
                Json.object()
                        .put("message", error.getMessage())
                        .put("code", error.status())
                        .put("type", error.type())
                        .put("version", VERSION));
    }

    private static void end(HttpServerResponse response, @Nullable JsonNode body) {
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json; charset=UTF-8")
                    .end(Json.write(body));
        }
    }

    /** Returns whether a request is one of the API. */
    public static boolean isFor(HttpServerRequest request) {
        String path = request.path();
        return path != null && (path.equals(PREFIX) || path.startsWith(PREFIX + "/"));
    }

    /** Answers a request that is malformed as HTTP. */
    public static void refuse(HttpServerRequest request) {
        fail(request.response(), new ApiException(400, "general_bad_request", "The request must be well-formed HTTP."));
        request.connection().close();
    }

    /** Returns whether a request is a preflight request of a browser. */
    static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS;
    }
}
