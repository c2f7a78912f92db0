package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of sessions files: {@code {"SECRET": {"userId": "ada", "name": "Ada", "verified": true, "labels": [],
 * "teams": {}}}}.
 */
public final class SessionsFile {

    private SessionsFile() {}

    /**
     * Reads a file.
     *
     * @return the user of each secret
     * @throws IOException if it can't be read
     * @throws IllegalArgumentException if it is malformed
     */
    public static Map<String, User> read(Path file, Instant now) throws IOException {
        return parse(Files.readString(file), now);
    }

    /**
     * Reads the text of a file.
     *
     * @return the user of each secret
     * @throws IllegalArgumentException if it is malformed
     */
    public static Map<String, User> parse(String text, Instant now) {
        JsonNode root = Json.parse(text);
        if (!root.isObject()) {
            throw new IllegalArgumentException("sessions must be an object: " + root.getNodeType());
        }
        Map<String, User> sessions = new LinkedHashMap<>();
        root.properties().forEach(entry -> sessions.put(entry.getKey(), user(entry.getValue(), now)));
        return sessions;
    }

    private static User user(JsonNode node, Instant now) {
        if (!node.path("userId").isTextual()) {
            throw new IllegalArgumentException("userId of a session must be a string: " + node.path("userId"));
        }
        Map<String, List<String>> teams = new LinkedHashMap<>();
        node.path("teams").properties().forEach(team -> teams.put(team.getKey(), strings(team.getValue())));
        User user = new User(
                node.path("userId").textValue(),
                node.path("name").asText(""),
                node.path("verified").asBoolean(false),
                strings(node.path("labels")),
                Map.copyOf(teams),
                now);
        /* A malformed id or label throws here. */
        user.principal();
        return user;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return List.copyOf(strings);
    }
}
