package io.presence.examples.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.account.AccountJson;
import io.presence.examples.gateway.account.Jwt;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.limit.Quota;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/**
 * The part of Appwrite's account service that a client needs to have a user.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class AccountRoutes {

    private static final int MAX_JWT_SECONDS = 3600;
    private static final int JWT_SECONDS = 900;

    private final Vertx vertx;
    private final String cookie;
    private final Sessions sessions;
    private final Jwt jwt;
    private final Quota created;

    /**
     * Creates the routes of one project.
     *
     * @param created limits the anonymous sessions of each address
     */
    AccountRoutes(Vertx vertx, String project, Sessions sessions, Jwt jwt, Quota created) {
        this.vertx = vertx;
        this.cookie = "a_session_" + project;
        this.sessions = sessions;
        this.jwt = jwt;
        this.created = created;
    }

    Future<Reply> signInAnonymously(Call call) {
        if (!call.caller().isGuest()) {
            throw new ApiException(
                    401,
                    "user_session_already_exists",
                    "Creation of a session is prohibited when a session is active.");
        }
        if (!created.take(call.address())) {
            throw ApiException.rateLimit(created.retryAfterSeconds());
        }
        Session session = sessions.createAnonymous();
        Reply reply = Reply.of(201, AccountJson.of(session)).with("Set-Cookie", cookie(session.secret(), "31536000"));
        /* A browser stores no cookie of another site, and other clients store none. */
        return Future.succeededFuture(
                Origins.isOwn(call.headers().get("Origin"), call.headers().get("Host"))
                        ? reply
                        : reply.with("X-Fallback-Cookies", Json.write(Map.of(cookie, session.secret()))));
    }

    private String cookie(String value, String seconds) {
        return cookie + "=" + value + "; Max-Age=" + seconds + "; Path=/; HttpOnly; SameSite=Lax";
    }

    Future<Reply> get(Call call) {
        return Future.succeededFuture(
                Reply.of(200, AccountJson.of(call.caller().requireSession().user())));
    }

    Future<Reply> session(Call call) {
        return Future.succeededFuture(Reply.of(200, AccountJson.of(named(call))));
    }

    Future<Reply> signOut(Call call) {
        Session session = named(call);
        sessions.end(session);
        Reply reply = Reply.of(204, null).with("Set-Cookie", cookie("", "0")).with("X-Fallback-Cookies", "{}");
        return vertx.executeBlocking(
                () -> {
                    sessions.writeEnd(session);
                    return reply;
                },
                false);
    }

    /* A user has one session: that of the request. */
    private static Session named(Call call) {
        Session session = call.caller().requireSession();
        if (!call.id().equals("current") && !call.id().equals(session.id())) {
            throw new ApiException(404, "user_session_not_found", "The current user session could not be found.");
        }
        return session;
    }

    Future<Reply> createJwt(Call call) {
        Session session = call.caller().requireSession();
        JsonNode given = call.body().path("duration");
        int seconds = given.isMissingNode() || given.isNull() ? JWT_SECONDS : given.asInt(-1);
        if (seconds < 0 || seconds > MAX_JWT_SECONDS) {
            throw ApiException.argument("duration", "Value must be a valid range between 0 and " + MAX_JWT_SECONDS);
        }
        String token = jwt.sign(session, Duration.ofSeconds(seconds));
        return Future.succeededFuture(Reply.of(201, Json.object().put("jwt", token)));
    }

    Future<Reply> ping(Call call) {
        return Future.succeededFuture(Reply.of(200, Json.tree("Pong!")));
    }
}
