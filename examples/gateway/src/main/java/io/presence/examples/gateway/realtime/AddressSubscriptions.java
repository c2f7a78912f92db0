package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.examples.gateway.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subscriptions in the address of a socket, as SDKs older than {@code appwrite} 25 and the console's send them: the
 * channels as {@code channels[]=C}, the queries of each channel as {@code C[SLOT][]=QUERY}. The channels of one slot
 * are one subscription. A channel without a query is in slot 0.
 */
final class AddressSubscriptions {

    private static final Pattern CHANNELS = Pattern.compile("channels(\\[[^\\]]*\\])?");
    private static final Pattern QUERY = Pattern.compile("(.+?)\\[([^\\]]*)\\](\\[[^\\]]*\\])?");
    private static final String FIRST_SLOT = "0";

    private final Set<String> channels = new LinkedHashSet<>();
    private final Map<String, Map<String, List<String>>> queries = new LinkedHashMap<>();

    private AddressSubscriptions(Map<String, List<String>> params) {
        params.forEach((name, values) -> {
            if (CHANNELS.matcher(name).matches()) {
                channels.addAll(values);
            }
        });
        params.forEach((name, values) -> {
            Matcher query = QUERY.matcher(name);
            if (query.matches() && !CHANNELS.matcher(name).matches()) {
                String slot = query.group(2).isEmpty() ? FIRST_SLOT : query.group(2);
                queries.computeIfAbsent(channel(query.group(1)), channel -> new LinkedHashMap<>())
                        .computeIfAbsent(slot, named -> new ArrayList<>())
                        .addAll(values);
            }
        });
    }

    /* PHP reads a period in the name of a parameter as an underscore, so some clients of Appwrite write underscores. */
    private String channel(String name) {
        return channels.stream()
                .filter(channel ->
                        channel.equals(name) || channel.replace('.', '_').equals(name))
                .findFirst()
                .orElse(name);
    }

    /**
     * Reads the parameters of an address.
     *
     * @return for each slot a row of a {@code subscribe} message
     * @throws ProtocolException if queries have no channel, or differ between the channels of a slot
     */
    static Map<String, ObjectNode> of(Map<String, List<String>> params) {
        return new AddressSubscriptions(params).rows();
    }

    private Map<String, ObjectNode> rows() {
        for (String channel : queries.keySet()) {
            if (!channels.contains(channel)) {
                throw ProtocolException.invalid("channels must contain the channel of each query: " + channel);
            }
        }
        Map<String, Map<String, List<String>>> slots = new LinkedHashMap<>();
        for (String channel : channels) {
            queries.getOrDefault(channel, Map.of(FIRST_SLOT, List.of()))
                    .forEach((slot, texts) -> slots.computeIfAbsent(slot, named -> new LinkedHashMap<>())
                            .put(channel, texts));
        }
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        slots.forEach((slot, byChannel) -> rows.put(slot, row(slot, byChannel)));
        return rows;
    }

    private static ObjectNode row(String slot, Map<String, List<String>> byChannel) {
        Set<List<String>> different = new LinkedHashSet<>(byChannel.values());
        if (different.size() > 1) {
            throw ProtocolException.invalid("queries must be the same for all channels of a slot: " + slot);
        }
        ObjectNode row = Json.object();
        row.set("channels", Json.strings(byChannel.keySet()));
        row.set("queries", Json.strings(different.iterator().next()));
        return row;
    }
}
