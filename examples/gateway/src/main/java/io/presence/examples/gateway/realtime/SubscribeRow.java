package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.deliver.ClientSubscription;
import io.presence.examples.gateway.writes.PresenceFields;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A checked row of a subscribe message.
 *
 * @param id the id that the client gave, or a new one
 * @param channels the channels, with the caller's account in place of {@code account}
 * @param texts the queries as received
 * @param queries the parsed queries
 * @param withSnapshot whether a snapshot is requested
 * @param resume null without tokens; otherwise the token to resume from, or empty for none yet
 */
record SubscribeRow(
        String id,
        List<String> channels,
        List<String> texts,
        List<Query> queries,
        boolean withSnapshot,
        @Nullable String resume) {

    private static final String UNIQUE = "unique()";

    /** Copies the lists. */
    SubscribeRow {
        channels = List.copyOf(channels);
        texts = List.copyOf(texts);
        queries = List.copyOf(queries);
    }

    /**
     * Reads a row.
     *
     * @param maxChannels the maximum number of channels
     * @param newId makes an id if the client gives none
     * @throws ProtocolException if it breaks a rule
     */
    static SubscribeRow of(JsonNode row, Caller caller, int maxChannels, Supplier<String> newId) {
        if (!row.isObject()) {
            throw ProtocolException.invalid("items: Each subscribe payload must be an object.");
        }
        String id = id(row.path("subscriptionId"), newId);
        List<String> channels = channels(row.path("channels"), maxChannels);
        List<String> texts = row.path("queries").isMissingNode()
                ? List.of()
                : strings(row.path("queries"), "queries is not a valid array.", "queries must contain only strings.");
        JsonNode snapshot = row.path("snapshot");
        if (!snapshot.isMissingNode() && !snapshot.isBoolean()) {
            throw ProtocolException.invalid("items: snapshot is not a valid boolean.");
        }
        return new SubscribeRow(
                id,
                converted(channels, caller),
                texts,
                queries(texts),
                snapshot.booleanValue(),
                resume(row.path("resume")));
    }

    private static @Nullable String resume(JsonNode node) {
        if (node.isMissingNode() || node.isBoolean()) {
            return node.booleanValue() ? "" : null;
        }
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw ProtocolException.invalid("items: resume is not a boolean or a token.");
        }
        return node.textValue();
    }

    private static String id(JsonNode node, Supplier<String> newId) {
        if (node.isMissingNode() || node.isNull() || UNIQUE.equals(node.textValue())) {
            return newId.get();
        }
        if (!isId(node)) {
            throw ProtocolException.invalid("items: subscriptionId is not a valid id.");
        }
        return node.textValue();
    }

    private static boolean isId(JsonNode node) {
        try {
            PresenceFields.id("subscriptionId", node.isTextual() ? node.textValue() : "");
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static List<String> channels(JsonNode node, int max) {
        if (node.isMissingNode()) {
            throw ProtocolException.invalid("items: channels is not present in payload.");
        }
        List<String> channels = strings(node, "channels is not a valid array.", "channels must contain only strings.");
        if (channels.size() > max) {
            throw ProtocolException.invalid("items: channels must be at most " + max + ": " + channels.size());
        }
        return channels;
    }

    private static List<String> strings(JsonNode node, String noArray, String noString) {
        if (!node.isArray()) {
            throw ProtocolException.invalid("items: " + noArray);
        }
        List<String> strings = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            if (!item.isTextual()) {
                throw ProtocolException.invalid("items: " + noString);
            }
            strings.add(item.textValue());
        }
        return strings;
    }

    private static List<Query> queries(List<String> texts) {
        try {
            return QueryJson.parseAll(texts);
        } catch (QueryException e) {
            throw ProtocolException.invalid(invalid(e));
        }
    }

    static String invalid(QueryException refused) {
        return "Invalid query: " + refused.getMessage();
    }

    ClientSubscription subscription() {
        return new ClientSubscription(id, channels, queries, withSnapshot, resume);
    }

    /* As in Appwrite: the account is the caller's own, and no other one. */
    private static List<String> converted(List<String> channels, Caller caller) {
        String userId =
                caller.session() == null ? null : caller.session().user().id();
        List<String> converted = new ArrayList<>(channels.size());
        for (String channel : channels) {
            String[] parts = channel.split("\\.", -1);
            if (userId == null || !parts[0].equals("account")) {
                converted.add(channel);
            } else if (parts.length == 1) {
                converted.add(channel);
                converted.add("account." + userId);
            } else if (parts.length == 2
                    && List.of("create", "update", "delete").contains(parts[1])) {
                converted.add("account." + userId + "." + parts[1]);
            }
        }
        return converted;
    }
}
