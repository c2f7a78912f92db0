package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.deliver.ClientSubscription;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.wire.Refusals;
import io.presence.query.QueryException;
import io.presence.session.NamedFilters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private final Sessions sessions;
    private final SocketLimits limits;

    Subscribing(Sessions sessions, SocketLimits limits) {
        this.sessions = sessions;
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
    List<SubscribeRow> serve(Connection connection, Iterable<? extends JsonNode> items, List<ObjectNode> errors) {
        Set<SubscribeRow> served = Collections.newSetFromMap(new IdentityHashMap<>());
        List<SubscribeRow> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : items) {
            attempt(item.path("subscriptionId"), errors, () -> rows.add(read(connection, item, ids)));
        }
        for (List<SubscribeRow> group : groups(rows)) {
            try {
                connection.events().open(subscriptions(group));
                served.addAll(group);
            } catch (RuntimeException oneIsRefused) {
                for (SubscribeRow row : group) {
                    attempt(TextNode.valueOf(row.id()), errors, () -> {
                        connection.events().open(subscriptions(List.of(row)));
                        served.add(row);
                    });
                }
            }
        }
        rows.removeIf(row -> !served.contains(row));
        return rows;
    }

    private static List<ClientSubscription> subscriptions(List<SubscribeRow> rows) {
        return rows.stream().map(SubscribeRow::subscription).toList();
    }

    /* The rows that one listener can serve. */
    private static Collection<List<SubscribeRow>> groups(List<SubscribeRow> rows) {
        Map<List<Object>, List<SubscribeRow>> groups = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            ClientSubscription one = rows.get(i).subscription();
            groups.computeIfAbsent(
                            List.of(one.isSilent(), one.channel(), one.options(), i / NamedFilters.MAX_NAMES),
                            key -> new ArrayList<>())
                    .add(rows.get(i));
        }
        return groups.values();
    }

    private static void attempt(JsonNode subscriptionId, List<ObjectNode> errors, Runnable action) {
        try {
            action.run();
        } catch (ProtocolException e) {
            errors.add(error(subscriptionId, e.code(), String.valueOf(e.getMessage())));
        } catch (QueryException e) {
            errors.add(error(subscriptionId, ProtocolException.INVALID, SubscribeRow.invalid(e)));
        } catch (RuntimeException e) {
            ApiException refused = Refusals.of(e, "");
            errors.add(
                    refused.status() == 500
                            ? error(subscriptionId, 0, "Error: Server Error")
                            : error(subscriptionId, refused.status(), String.valueOf(refused.getMessage())));
        }
    }

    private static ObjectNode error(JsonNode subscriptionId, int code, String message) {
        ObjectNode error = Connection.error(code, message);
        if (subscriptionId.isTextual()) {
            error.withObject("data").set("subscriptionId", subscriptionId);
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

    private SubscribeRow read(Connection connection, JsonNode item, Set<String> ids) {
        SubscribeRow row = SubscribeRow.of(item, connection.caller(), limits.channels(), sessions::newId);
        Set<String> open = connection.events().ids();
        if (!open.contains(row.id()) && ids.add(row.id()) && open.size() + ids.size() > limits.subscriptions()) {
            ids.remove(row.id());
            throw ProtocolException.invalid(
                    "items: A connection can have at most " + limits.subscriptions() + " subscriptions");
        }
        if ((row.withSnapshot() || row.resume() != null)
                && row.subscription().channel().action() != null) {
            String asked = row.withSnapshot() ? "snapshot" : "resume";
            throw ProtocolException.invalid("items: " + asked + " must not be requested for channels of one action.");
        }
        return row;
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
                    .put("removed", connection.events().close(id));
        }
        connection.send(response);
    }
}
