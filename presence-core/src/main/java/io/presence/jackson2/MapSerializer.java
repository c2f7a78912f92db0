package io.presence.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A serializer of a type by its map of JSON values. Nulls are written, whatever the mapper includes. */
final class MapSerializer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<T, Map<String, @Nullable Object>> toMap;

    MapSerializer(Class<T> type, Function<T, Map<String, @Nullable Object>> toMap) {
        super(type);
        this.toMap = toMap;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
        write(out, toMap.apply(value), provider);
    }

    private static void write(JsonGenerator out, @Nullable Object value, SerializerProvider provider)
            throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName((String) member.getKey());
                write(out, member.getValue(), provider);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(out, item, provider);
            }
            out.writeEndArray();
        } else {
            provider.defaultSerializeValue(value, out);
        }
    }
}
