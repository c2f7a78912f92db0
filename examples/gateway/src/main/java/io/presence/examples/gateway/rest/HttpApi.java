package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.presence.PresenceStore;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Jwt;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.account.Sessions;
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
import org.jspecify.annotations.Nullable;

/**
 * The API under {@code /v1}: reads a request, finds out who makes it, has it answered, and says what went wrong.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class HttpApi implements Handler<HttpServerRequest> {

    /** Where the API begins. */
    public static final String PREFIX = "/v1";

    /** The version that errors name. */
    private static final String VERSION = "1.9.6";

    private final String project;
    private final Authentication authentication;
    private final Cors cors;
    private final int maxBody;
    private final Routes routes;

    /**
     * Makes the API of one project.
     *
     * @param maxBody how many bytes a request may have
     */
    public HttpApi(
            Vertx vertx,
            PresenceStore store,
            PresenceWrites writes,
            Sessions sessions,
            Jwt jwt,
            InstantSource clock,
            String project,
            Authentication authentication,
            Origins origins,
            int maxBody) {
        this.project = project;
        this.authentication = authentication;
        this.cors = new Cors(origins);
        this.maxBody = maxBody;
        this.routes = new Routes(
                new PresenceRoutes(vertx, store, writes, sessions, clock), new AccountRoutes(project, sessions, jwt));
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response().exceptionHandler(gone -> {});
        if (!cors.greet(request)) {
            return;
        }
        Bodies.read(request, maxBody).compose(body -> answer(request, body)).onComplete(result -> {
            if (result.succeeded()) {
                send(request.response(), result.result());
            } else {
                fail(request.response(), Refusals.of(result.cause(), lastOf(request)));
            }
        });
    }

    private Future<Reply> answer(HttpServerRequest request, Buffer body) {
        Routes.Found found = routes.find(request.method().name(), request.path().substring(PREFIX.length()));
        if (!request.path().equals(PREFIX + "/ping")) {
            requireProject(request);
        }
        Caller caller = authentication.ofRequest(request.headers());
        Call call = new Call(caller, request.headers(), request.params(), decoded(found.id()), json(body));
        return found.route().answer(call);
    }

    private void requireProject(HttpServerRequest request) {
        String header = request.getHeader("X-Appwrite-Project");
        if (!project.equals(header == null ? request.getParam("project") : header)) {
            throw new ApiException(
                    404,
                    "project_not_found",
                    "Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to ensure the correct project ID is being used.");
        }
    }

    private static JsonNode json(Buffer body) {
        if (body.length() == 0) {
            return MissingNode.getInstance();
        }
        JsonNode node;
        try {
            node = Json.parse(body.toString(StandardCharsets.UTF_8));
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

    /** Tells whether a request is one of the API's. */
    public static boolean isFor(HttpServerRequest request) {
        String path = request.path();
        return path != null && (path.equals(PREFIX) || path.startsWith(PREFIX + "/"));
    }

    /** Answers what is no HTTP. */
    public static void refuse(HttpServerRequest request) {
        fail(request.response(), new ApiException(400, "general_bad_request", "The request must be well-formed HTTP."));
        request.connection().close();
    }

    /** Tells whether a browser asks what it may. */
    static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS;
    }
}
