package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.PresenceStore;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.deliver.ClientSubscription;
import io.presence.examples.gateway.deliver.Rounds;
import io.presence.examples.gateway.deliver.Target;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.Refusals;
import io.presence.query.QueryException;
import java.util.ArrayList;
import java.util.List;

/**
 * The handlers of {@code subscribe} and {@code unsubscribe}, and of subscriptions in the URI of a socket.
 *
 * <p>Each row of a {@code subscribe} is served or refused separately, since an SDK sends all its rows in one message
 * after each reconnect, including those that were refused before.
 *
 * <p><b>Threads.</b> Safe for use by any event loop.
 */
final class Subscribing {

    /** The most rows of one message that are refused with an error each. */
    static final int MAX_ERRORS = 100;

    private final PresenceStore store;
    private final Sessions sessions;
    private final Rounds rounds;
    private final SocketLimits limits;

    Subscribing(PresenceStore store, Sessions sessions, Rounds rounds, SocketLimits limits) {
        this.store = store;
        this.sessions = sessions;
        this.rounds = rounds;
        this.limits = limits;
    }

    /** Answers a message. The errors of refused rows precede the answer, which lists the others. */
    void subscribe(Connection connection, JsonNode data) {
        requireList(data);
        List<ObjectNode> errors = new ArrayList<>();
        List<SubscribeRow> served = serve(connection, data, errors);
        report(connection, errors);
        if (served.isEmpty() && !errors.isEmpty()) {
            return;
        }
        ObjectNode response = Messages.response("subscribe");
        var list = response.withObject("data").put("success", true).putArray("subscriptions");
        for (SubscribeRow row : served) {
            ObjectNode one = list.addObject().put("subscriptionId", row.id());
            one.set("channels", Json.strings(row.channels()));
            one.set("queries", Json.strings(row.texts()));
        }
        connection.send(response);
    }

    /**
     * Serves each row that can be served.
     *
     * @param errors receives a message for each row that can't
     * @return the rows that are served, in order
     */
    List<SubscribeRow> serve(Connection connection, Iterable<? extends JsonNode> rows, List<ObjectNode> errors) {
        List<SubscribeRow> served = new ArrayList<>();
        for (JsonNode row : rows) {
            try {
                served.add(serve(connection, row));
            } catch (ProtocolException e) {
                errors.add(error(row, e.code(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                ApiException refused = Refusals.of(e, "");
                errors.add(
                        refused.status() == 500
                                ? error(row, 0, "Error: Server Error")
                                : error(row, refused.status(), String.valueOf(refused.getMessage())));
            }
        }
        return served;
    }

    private static ObjectNode error(JsonNode row, int code, String message) {
        ObjectNode error = Connection.error(code, message);
        if (row.path("subscriptionId").isTextual()) {
            error.withObject("data").set("subscriptionId", row.path("subscriptionId"));
        }
        return error;
    }

    /** Sends errors, the first ones only if there are many. */
    static void report(Connection connection, List<ObjectNode> errors) {
        errors.stream().limit(MAX_ERRORS).forEach(connection::send);
        if (errors.size() > MAX_ERRORS) {
            connection.fail(
                    ProtocolException.INVALID, "items: " + (errors.size() - MAX_ERRORS) + " more items were refused.");
        }
    }

    private SubscribeRow serve(Connection connection, JsonNode item) {
        SubscribeRow row = SubscribeRow.of(item, connection.caller(), limits.channels(), sessions::newId);
        var subscriptions = connection.subscriptions();
        if (!subscriptions.contains(row.id()) && subscriptions.size() >= limits.subscriptions()) {
            throw ProtocolException.invalid(
                    "items: A connection can have at most " + limits.subscriptions() + " subscriptions");
        }
        subscriptions.put(open(connection, row));
        return row;
    }

    private ClientSubscription open(Connection connection, SubscribeRow row) {
        Target target = Target.of(row.channels());
        if (row.withSnapshot() && target != null && target.channel().action() != null) {
            throw ProtocolException.invalid("items: snapshot must not be requested for channels of one action.");
        }
        ClientSubscription subscription =
                new ClientSubscription(row.id(), target, row.withSnapshot(), rounds, connection.outbox());
        try {
            subscription.open(connection.caller().in(store), row.queries());
        } catch (QueryException e) {
            throw SubscribeRow.invalidQuery(e);
        }
        return subscription;
    }

    private static void requireList(JsonNode data) {
        if (!data.isArray()) {
            throw ProtocolException.invalid("items: Payload is not valid.");
        }
    }

    /** Answers a message. */
    static void unsubscribe(Connection connection, JsonNode data) {
        requireList(data);
        for (JsonNode item : data) {
            if (item.path("subscriptionId").asText("").isEmpty()) {
                throw ProtocolException.invalid(
                        "items: Each unsubscribe payload must include a non-empty subscriptionId.");
            }
        }
        ObjectNode response = Messages.response("unsubscribe");
        var list = response.withObject("data").put("success", true).putArray("subscriptions");
        for (JsonNode item : data) {
            String id = item.path("subscriptionId").asText();
            list.addObject()
                    .put("subscriptionId", id)
                    .put("removed", connection.subscriptions().remove(id));
        }
        connection.send(response);
    }
}
