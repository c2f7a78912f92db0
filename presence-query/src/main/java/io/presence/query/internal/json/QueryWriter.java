package io.presence.query.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryException.Code;
import io.presence.query.internal.ErrorExcerpt;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A writer of queries in the form of the SDK: the keys method, attribute and values. A key without a value is omitted,
 * except for the values of a comparison.
 */
final class QueryWriter {

    private final StringWriter text = new StringWriter();
    private final JsonGenerator out;

    private QueryWriter() throws IOException {
        out = Jackson.generator(text);
    }

    /** Writes one query as an object. */
    static String one(Query query) {
        return text(writer -> writer.query(query));
    }

    /** Writes queries as an array of objects. */
    static String array(List<? extends Query> queries) {
        return text(writer -> writer.array("$", List.copyOf(queries)));
    }

    private interface Content {
        void writeTo(QueryWriter writer) throws IOException;
    }

    private static String text(Content content) {
        try {
            QueryWriter writer = new QueryWriter();
            content.writeTo(writer);
            writer.out.close();
            return Surrogates.escapeLone(writer.text.toString());
        } catch (StreamConstraintsException e) {
            String problem = "query must be nested at most " + Jackson.MAX_NESTING + " deep as text";
            throw new QueryException(Code.LIMIT_EXCEEDED, "$", problem, Jackson.MAX_NESTING + 1);
        } catch (IOException e) {
            throw new AssertionError("text is in memory", e);
        }
    }

    private void query(Query query) throws IOException {
        WireShape shape = WireShape.of(query);
        if (shape.values().size() < shape.method().minValues()) {
            String problem = shape.method().wireName() + " must have a filter to be written";
            throw new QueryException(Code.NOT_ALLOWED, "$", problem, shape.values());
        }
        out.writeStartObject();
        out.writeStringField("method", shape.method().wireName());
        if (shape.attribute() != null) {
            out.writeStringField("attribute", shape.attribute().toString());
        }
        if (!shape.values().isEmpty() || shape.method().kind() == Method.Kind.COMPARISON) {
            out.writeFieldName("values");
            array("$.values", shape.values());
        }
        out.writeEndObject();
    }

    private void array(String path, List<? extends @Nullable Object> values) throws IOException {
        out.writeStartArray();
        int index = 0;
        for (Object value : values) {
            try {
                value(value);
            } catch (QueryException e) {
                throw e.within(path + "[" + index + "]");
            }
            index++;
        }
        out.writeEndArray();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value instanceof Query query) {
            query(query);
        } else if (value instanceof List<?> list) {
            array("$", list);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value.toString());
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = (String) entry.getKey();
            checkKey(key);
            out.writeFieldName(key);
            try {
                value(entry.getValue());
            } catch (QueryException e) {
                throw e.within("$." + ErrorExcerpt.of(key));
            }
        }
        out.writeEndObject();
    }

    private static void checkKey(String key) {
        if (Surrogates.isAnyLoneIn(key)) {
            throw new QueryException(Code.INVALID_VALUE, "$", "key must not have half of a surrogate pair", key);
        }
    }

    private void number(Number number) throws IOException {
        if (number instanceof Double value) {
            out.writeNumber(value);
        } else if (number instanceof BigDecimal value) {
            out.writeNumber(JsonNumbers.padded(value));
        } else if (number instanceof BigInteger value) {
            out.writeNumber(value);
        } else {
            out.writeNumber(number.longValue());
        }
    }
}
