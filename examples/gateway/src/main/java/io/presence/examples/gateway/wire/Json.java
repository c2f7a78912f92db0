package io.presence.examples.gateway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON, read within bounds: what strangers send may not be deeper, nor its numbers longer, than a presence could hold.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Json {

    private static final int MAX_DEPTH = 40;
    private static final int MAX_NUMBER = 1100;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not JSON, or out of bounds
     */
    public static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IllegalArgumentException("JSON must not be empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON must be well-formed and at most " + MAX_DEPTH + " levels deep", e);
        }
    }

    /** Makes an empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Makes an array of strings. */
    public static ArrayNode strings(Iterable<?> values) {
        ArrayNode array = MAPPER.createArrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    /** Makes what a map or list of plain values is as JSON. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Writes a text. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the gateway makes must be JSON", e);
        }
    }

    /** Returns an object as a map of plain values. */
    public static Map<String, @Nullable Object> map(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
        return map;
    }

    /* No deeper than what was parsed. */
    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(item -> list.add(plain(item)));
            return list;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
