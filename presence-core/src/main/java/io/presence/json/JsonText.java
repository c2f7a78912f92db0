package io.presence.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON texts to and from maps, by jackson-core. It links only if that is present: see {@link JacksonCore#require}. */
final class JsonText {

    /* A repeated name is part of the reason, and can be as long as the text. */
    private static final int MAX_REASON = 300;

    private JsonText() {}

    static String write(Map<String, @Nullable Object> map) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = JacksonCore.factory().createGenerator(out)) {
            write(generator, map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName((String) member.getKey());
                write(out, member.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(out, item);
            }
            out.writeEndArray();
        } else {
            writeScalar(out, value);
        }
    }

    private static void writeScalar(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (value instanceof BigInteger integer) {
            out.writeNumber(integer);
        } else if (value instanceof Double || value instanceof Float) {
            out.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean is) {
            out.writeBoolean(is);
        } else {
            out.writeNull();
        }
    }

    static Map<String, @Nullable Object> read(String json) {
        try (JsonParser parser = JacksonCore.factory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused("", "json must be an object", null);
            }
            Map<String, @Nullable Object> map = object(parser, null);
            if (parser.nextToken() != null) {
                throw refused("", "json must end after the object", null);
            }
            return map;
        } catch (JsonProcessingException e) {
            throw refused(
                    "",
                    "json must be well-formed, at most " + JacksonCore.MAX_NESTING + " levels deep, without repeated "
                            + "names: " + RequestForm.shortened(String.valueOf(e.getOriginalMessage()), MAX_REASON),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* The field is the one of the request, or null at its level. */
    private static Map<String, @Nullable Object> object(JsonParser parser, @Nullable String field) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser, field == null ? name : field));
        }
        return map;
    }

    private static @Nullable Object value(JsonParser parser, String field) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, field);
            case START_ARRAY -> array(parser, field);
            case VALUE_NUMBER_INT -> new BigInteger(parser.getText());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText(), field);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser, String field) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, field));
        }
        return list;
    }

    private static BigDecimal decimal(String text, String field) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refused(field, field + " must have only numbers whose exponent fits an int", e);
        }
    }

    private static PresenceJsonException refused(String field, String message, @Nullable Throwable cause) {
        return new PresenceJsonException(field, message, cause);
    }
}
