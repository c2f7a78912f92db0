package io.presence.jackson3;

import io.presence.json.PresenceJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** A deserializer of a request from a map of JSON values with exact numbers. */
final class RequestDeserializer<T> extends StdDeserializer<T> {

    private static final int MAX_SHOWN = 80;

    private final Function<Map<String, @Nullable Object>, T> fromMap;

    RequestDeserializer(Class<T> type, Function<Map<String, @Nullable Object>, T> fromMap) {
        super(type);
        this.fromMap = fromMap;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.isExpectedStartObjectToken()) {
            return handledType().cast(context.handleUnexpectedToken(handledType(), parser));
        }
        Map<String, @Nullable Object> map = object(parser);
        try {
            return fromMap.apply(map);
        } catch (PresenceJsonException refusal) {
            throw DatabindException.from(parser, refusal.getMessage(), refusal);
        }
    }

    @SuppressWarnings("unchecked") // the class given to the constructor
    @Override
    public Class<T> handledType() {
        return (Class<T>) _valueClass;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (map.containsKey(name)) {
                throw DatabindException.from(parser, shortened(name) + " must be set once");
            }
            map.put(name, value(parser));
        }
        return map;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static BigDecimal decimal(JsonParser parser) {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw DatabindException.from(parser, "request must have only numbers whose exponent fits an int", e);
        }
    }

    private static String shortened(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "...";
    }
}
