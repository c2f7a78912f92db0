package io.presence.jackson2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.presence.json.PresenceJsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A deserializer of a request from a map of JSON values with exact numbers. */
final class RequestDeserializer<T> extends StdDeserializer<T> {

    private static final int MAX_SHOWN = 80;

    private static final long serialVersionUID = 1L;

    private final transient Function<Map<String, @Nullable Object>, T> fromMap;

    RequestDeserializer(Class<T> type, Function<Map<String, @Nullable Object>, T> fromMap) {
        super(type);
        this.fromMap = fromMap;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return handledType().cast(context.handleUnexpectedToken(handledType(), parser));
        }
        Map<String, @Nullable Object> map = object(parser);
        try {
            return fromMap.apply(map);
        } catch (PresenceJsonException refusal) {
            throw JsonMappingException.from(parser, refusal.getMessage(), refusal);
        }
    }

    @SuppressWarnings("unchecked") // the class given to the constructor
    @Override
    public Class<T> handledType() {
        return (Class<T>) _valueClass;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (map.containsKey(name)) {
                throw JsonMappingException.from(parser, shortened(name) + " must be set once");
            }
            map.put(name, value(parser));
        }
        return map;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw JsonMappingException.from(parser, "request must have only numbers whose exponent fits an int", e);
        }
    }

    private static String shortened(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "...";
    }
}
