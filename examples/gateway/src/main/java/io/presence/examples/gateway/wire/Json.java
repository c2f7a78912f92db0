package io.presence.examples.gateway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader and writer of JSON within bounds: texts of untrusted clients must be neither nested deeper, nor have longer
 * numbers, than a presence can have. Numbers are written with the digits that were read, or as an equal number with
 * fewer.
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
                    /* Without it Java 17 writes some numbers with other digits. */
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
    private static final ObjectReader EXACT = MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not JSON, is out of bounds, or has half a surrogate pair, which
     *     UTF-8 can't encode
     */
    public static JsonNode parse(String text) {
        try {
            JsonNode node = EXACT.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IllegalArgumentException("JSON must not be empty");
            }
            if (text.contains("\\u") && hasHalfPair(node)) {
                throw new IllegalArgumentException("JSON must not have half a surrogate pair");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON must be well-formed and at most " + MAX_DEPTH + " levels deep", e);
        }
    }

    /* A text that was UTF-8 can have half a pair only as an escape. */
    private static boolean hasHalfPair(JsonNode node) {
        if (node.isTextual()) {
            return hasHalfPair(node.textValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (hasHalfPair(member.getKey())) {
                return true;
            }
        }
        for (JsonNode item : node) {
            if (hasHalfPair(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasHalfPair(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Creates an empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Creates an array of strings. */
    public static ArrayNode strings(Iterable<?> values) {
        ArrayNode array = MAPPER.createArrayNode();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    /** Returns a map or list of plain values as JSON. */
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

    /* The depth is bounded by the parser. */
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
            return node.isBigDecimal() ? number(node.decimalValue()) : node.numberValue();
        }
        return node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    /* A double takes less memory. It is used if it is written as the same number. */
    private static Number number(BigDecimal exact) {
        double nearest = exact.doubleValue();
        boolean isSame = !Double.isInfinite(nearest)
                && new BigDecimal(NumberOutput.toString(nearest, true)).compareTo(exact) == 0;
        return isSame ? (Number) nearest : exact;
    }
}
