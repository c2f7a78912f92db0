package io.presence.jackson3;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** A serializer of a type by its map of JSON values. Nulls are written, whatever the mapper includes. */
final class MapSerializer<T> extends StdSerializer<T> {

    private final Function<T, Map<String, @Nullable Object>> toMap;

    MapSerializer(Class<T> type, Function<T, Map<String, @Nullable Object>> toMap) {
        super(type);
        this.toMap = toMap;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
        write(out, toMap.apply(value), context);
    }

    private static void write(JsonGenerator out, @Nullable Object value, SerializationContext context) {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeName((String) member.getKey());
                write(out, member.getValue(), context);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(out, item, context);
            }
            out.writeEndArray();
        } else {
            context.writeValue(out, value);
        }
    }
}
