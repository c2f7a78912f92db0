package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.deliver.ClientSubscription;
import io.presence.examples.gateway.deliver.Rounds;
import io.presence.examples.gateway.deliver.Target;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.PresenceJson;
import io.presence.examples.gateway.wire.Refusals;
import io.presence.examples.gateway.writes.PresenceFields;
import io.presence.examples.gateway.writes.PresenceWrites;
import io.presence.examples.gateway.writes.SocketWrites;
import io.presence.query.QueryException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a socket's messages do. Each is answered before the next is read, so that they work in the order in which they came.
 *
 * <p><b>Threads.</b> Safe for use by any event loop.
 */
public final class Messages {

    private static final String UNIQUE = "unique()";
    private static final int MAX_SECRET = 2048;

    private final PresenceStore store;
    private final PresenceWrites writes;
    private final SocketWrites sockets;
    private final Authentication authentication;
    private final Sessions sessions;
    private final Rounds rounds;
    private final SocketLimits limits;
    private final InstantSource clock;

    /** Makes it for one store. */
    public Messages(
            PresenceStore store,
            PresenceWrites writes,
            SocketWrites sockets,
            Authentication authentication,
            Sessions sessions,
            Rounds rounds,
            SocketLimits limits,
            InstantSource clock) {
        this.store = store;
        this.writes = writes;
        this.sockets = sockets;
        this.authentication = authentication;
        this.sessions = sessions;
        this.rounds = rounds;
        this.limits = limits;
        this.clock = clock;
    }

    /** Does what a message says, and answers. */
    void handle(Connection connection, String text) {
        try {
            if (!connection.takeMessage()) {
                throw new ProtocolException(ProtocolException.TOO_MANY, "Too many messages.");
            }
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
            case "subscribe" -> subscribe(connection, data);
            case "unsubscribe" -> unsubscribe(connection, data);
            case "presence" -> write(connection, data);
            default -> throw ProtocolException.invalid("Message type is not valid.");
        }
    }

    private static ObjectNode response(String to) {
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
        become(connection, caller);
        ObjectNode response = response("authentication");
        response.withObject("data").put("success", true).set("user", connection.account());
        connection.send(response);
    }

    /* What the former user wrote here does not live by a socket of the next. */
    private void become(Connection connection, Caller caller) {
        if (!connection
                .caller()
                .principal()
                .toString()
                .equals(caller.principal().toString())) {
            sockets.close(connection.writer());
            connection.forgetOwnPresence();
        }
        connection.become(caller);
    }

    private void subscribe(Connection connection, JsonNode data) {
        List<SubscribeRow> rows = rows(connection, data);
        List<ClientSubscription> made = new ArrayList<>(rows.size());
        Presences view = connection.caller().in(store);
        try {
            for (SubscribeRow row : rows) {
                made.add(open(connection, row, view));
            }
        } catch (RuntimeException e) {
            made.forEach(ClientSubscription::close);
            throw e instanceof QueryException query ? SubscribeRow.invalidQuery(query) : e;
        }
        made.forEach(connection.subscriptions()::put);
        ObjectNode response = response("subscribe");
        var list = response.withObject("data").put("success", true).putArray("subscriptions");
        for (SubscribeRow row : rows) {
            ObjectNode one = list.addObject().put("subscriptionId", row.id());
            one.set("channels", Json.strings(row.channels()));
            one.set("queries", Json.strings(row.texts()));
        }
        connection.send(response);
    }

    private List<SubscribeRow> rows(Connection connection, JsonNode data) {
        requireList(data);
        List<SubscribeRow> rows = new ArrayList<>(data.size());
        Set<String> added = new HashSet<>();
        for (JsonNode item : data) {
            SubscribeRow row = SubscribeRow.of(item, connection.caller(), limits.channels(), sessions::newId);
            rows.add(row);
            if (!connection.subscriptions().contains(row.id())) {
                added.add(row.id());
            }
        }
        int total = connection.subscriptions().size() + added.size();
        if (total > limits.subscriptions()) {
            throw ProtocolException.invalid(
                    "items: A connection can have at most " + limits.subscriptions() + " subscriptions: " + total);
        }
        return rows;
    }

    private static void requireList(JsonNode data) {
        if (!data.isArray()) {
            throw ProtocolException.invalid("items: Payload is not valid.");
        }
    }

    private ClientSubscription open(Connection connection, SubscribeRow row, Presences view) {
        Target target = Target.of(row.channels());
        if (row.withSnapshot() && target != null && target.channel().action() != null) {
            throw ProtocolException.invalid("items: snapshot must not be asked of channels of one action.");
        }
        ClientSubscription subscription =
                new ClientSubscription(row.id(), target, row.withSnapshot(), rounds, connection.outbox());
        subscription.open(view, row.queries());
        return subscription;
    }

    private static void unsubscribe(Connection connection, JsonNode data) {
        requireList(data);
        for (JsonNode item : data) {
            if (item.path("subscriptionId").asText("").isEmpty()) {
                throw ProtocolException.invalid(
                        "items: Each unsubscribe payload must include a non-empty subscriptionId.");
            }
        }
        ObjectNode response = response("unsubscribe");
        var list = response.withObject("data").put("success", true).putArray("subscriptions");
        for (JsonNode item : data) {
            String id = item.path("subscriptionId").asText();
            list.addObject()
                    .put("subscriptionId", id)
                    .put("removed", connection.subscriptions().remove(id));
        }
        connection.send(response);
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
        if (!sockets.lives(id, connection.writer()) && sockets.count(connection.writer()) >= limits.presences()) {
            throw ApiException.argument(
                    "presenceId", "A connection can keep at most " + limits.presences() + " presences");
        }
        try {
            ObjectNode response = response("presence");
            response.withObject("data")
                    .set(
                            "presence",
                            PresenceJson.of(writes.write(connection.writer(), connection.caller(), id, fields)));
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
