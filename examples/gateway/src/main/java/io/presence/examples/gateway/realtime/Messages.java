package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.PresenceJson;
import io.presence.examples.gateway.wire.Refusals;
import io.presence.examples.gateway.writes.PresenceFields;
import io.presence.examples.gateway.writes.PresenceWrites;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The handlers of the messages of sockets. Each message is answered before the next is read, so messages take effect in
 * the order of their arrival.
 *
 * <p><b>Threads.</b> Safe for use by any event loop.
 */
public final class Messages {

    private static final String UNIQUE = "unique()";
    private static final int MAX_SECRET = 2048;

    private final PresenceWrites writes;
    private final Authentication authentication;
    private final Sessions sessions;
    private final SocketLimits limits;
    private final Subscribing subscribing;
    private final InstantSource clock;

    /** Makes it for one store. */
    public Messages(
            PresenceWrites writes,
            Authentication authentication,
            Sessions sessions,
            SocketLimits limits,
            InstantSource clock) {
        this.writes = writes;
        this.authentication = authentication;
        this.sessions = sessions;
        this.limits = limits;
        this.subscribing = new Subscribing(sessions, limits);
        this.clock = clock;
    }

    /** Answers a message. */
    void handle(Connection connection, String text) {
        endSessionIfOver(connection);
        try {
            dispatch(connection, parse(text));
        } catch (ProtocolException e) {
            connection.fail(e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            fail(connection, Refusals.of(e, ""));
        }
    }

    private static void fail(Connection connection, ApiException error) {
        if (error.socketMessage() != null) {
            connection.fail(ProtocolException.INVALID, error.socketMessage());
        } else if (error.status() == 500) {
            connection.fail(0, "Error: Server Error");
        } else {
            connection.fail(error.status(), String.valueOf(error.getMessage()));
        }
    }

    private static JsonNode parse(String text) {
        JsonNode message;
        try {
            message = Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProtocolException.invalid("Message format is not valid.");
        }
        if (!message.isObject() || (!message.has("type") && !message.has("data"))) {
            throw ProtocolException.invalid("Message format is not valid.");
        }
        return message;
    }

    private void dispatch(Connection connection, JsonNode message) {
        JsonNode type = message.path("type");
        JsonNode data = message.path("data");
        switch (type.isTextual() ? type.textValue() : "") {
            case "ping" -> connection.send(Json.object().put("type", "pong"));
            case "authentication" -> authenticate(connection, data);
            case "subscribe" -> subscribing.subscribe(connection, data);
            case "unsubscribe" -> Subscribing.unsubscribe(connection, data);
            case "presence" -> write(connection, data);
            default -> throw ProtocolException.invalid("Message type is not valid.");
        }
    }

    /** Creates an answer without its data. */
    static ObjectNode response(String to) {
        ObjectNode response = Json.object().put("type", "response");
        response.putObject("data").put("to", to);
        return response;
    }

    private void authenticate(Connection connection, JsonNode data) {
        JsonNode given = data.path("session");
        if (given.isMissingNode() || given.isNull()) {
            throw ProtocolException.invalid("Payload is not valid. Session is required");
        }
        String secret = given.isTextual() ? given.textValue() : "";
        if (secret.isEmpty() || secret.length() > MAX_SECRET) {
            throw ProtocolException.invalid(
                    "session: Value must be a valid string and at least 1 chars and no longer than " + MAX_SECRET
                            + " chars");
        }
        Caller caller = authentication.ofSecret(secret);
        if (caller == null) {
            throw ProtocolException.invalid("Session is not valid.");
        }
        connection.become(caller);
        ObjectNode response = response("authentication");
        response.withObject("data").put("success", true).set("user", connection.account());
        connection.send(response);
    }

    /**
     * Makes the client a guest if its session or token has ended. Then the presences of the socket are deleted, and its
     * subscriptions continue as those of a guest.
     */
    void endSessionIfOver(Connection connection) {
        if (!sessions.isOver(connection.caller())) {
            return;
        }
        connection.become(Caller.guest());
        connection.fail(401, "The session or token of this connection has ended.");
    }

    /** Sends the first message, and serves the subscriptions in the address of the socket. */
    void greet(Connection connection, Map<String, ObjectNode> rows, List<ObjectNode> errors) {
        ObjectNode message = Json.object().put("type", "connected");
        ObjectNode data = message.putObject("data");
        ArrayNode channels = data.putArray("channels");
        ObjectNode ids = Json.object();
        rows.forEach((slot, row) -> subscribing
                .serve(connection, List.of(row), errors)
                .forEach(served -> {
                    ids.put(slot, served.id());
                    channels.addAll(Json.strings(served.channels()));
                }));
        data.set("subscriptions", ids.isEmpty() ? Json.strings(List.of()) : ids);
        data.set("user", connection.account());
        connection.send(message);
        Subscribing.report(connection, errors);
    }

    private void write(Connection connection, JsonNode data) {
        if (connection.caller().isGuest()) {
            throw new ApiException(401, "general_unauthorized_scope", "User must be authorized");
        }
        PresenceFields fields = PresenceFields.of(data, clock.instant());
        if (fields.status() == null) {
            throw ApiException.missing("status");
        }
        if (fields.permissions() != null) {
            connection.caller().requireHeld(fields.permissions());
        }
        String id = presenceId(connection, data.path("presenceId"));
        if (writes.isFull(connection.session(), id, limits.presences())) {
            throw ApiException.argument(
                    "presenceId", "A connection can keep at most " + limits.presences() + " presences");
        }
        try {
            ObjectNode response = response("presence");
            response.withObject("data")
                    .set(
                            "presence",
                            PresenceJson.of(writes.write(
                                    connection.session(), connection.caller(), connection.address(), id, fields)));
            connection.send(response);
        } catch (RuntimeException e) {
            throw Refusals.of(e, id);
        }
    }

    /* A client that names none means the same one each time. */
    private String presenceId(Connection connection, JsonNode given) {
        if (!given.isMissingNode() && !given.isNull() && !UNIQUE.equals(given.textValue())) {
            return PresenceFields.id("presenceId", given.isTextual() ? given.textValue() : "");
        }
        String known = connection.ownPresenceId();
        if (known != null) {
            return known;
        }
        String made = sessions.newId();
        connection.ownPresenceId(made);
        return made;
    }
}
