package io.presence.query.internal.json;

import com.fasterxml.jackson.core.JsonToken;
import io.presence.query.AttributePath;
import io.presence.query.ListQuery;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryException.Code;
import io.presence.query.QueryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the queries of one call from JSON. It checks every limit before it reads the limited part.
 *
 * <p><b>Cost.</b> Linear in the text if methods come before values. Otherwise the method is searched first and the
 * values are read again, at worst once for each level of nesting.
 */
final class QueryReader {

    private final QueryLimits limits;
    private final Function<Number, Object> canonical;
    private long length;
    private int nodes;

    /**
     * Creates a reader.
     *
     * @param canonical returns the object that a query stores for a number; rejects numbers that are too large
     */
    QueryReader(QueryLimits limits, Function<Number, Object> canonical) {
        this.limits = limits;
        this.canonical = canonical;
    }

    /** Reads one query. */
    Query one(String text) {
        checkLength(text);
        return whole(text);
    }

    /** Reads one query from each text. */
    List<Query> each(List<String> texts) {
        if (texts.size() > limits.queries()) {
            throw exceeded("queries", texts.size(), limits.queries());
        }
        List<Query> queries = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                queries.add(one(text));
            } catch (QueryException e) {
                throw e.within("$[" + queries.size() + "]");
            }
        }
        return List.copyOf(queries);
    }

    /** Reads an array of queries, each an object or a string that contains one. */
    List<Query> array(String text) {
        checkLength(text);
        JsonTokens in = new JsonTokens(text);
        in.next();
        in.expect(JsonToken.START_ARRAY, "$", "queries must be an array");
        List<Query> queries = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            atMost("queries", in, queries.size() + 1, limits.queries());
            try {
                queries.add(in.current() == JsonToken.VALUE_STRING ? quoted(in) : object(in, 1));
            } catch (QueryException e) {
                throw e.within("$[" + queries.size() + "]");
            }
        }
        in.end();
        return List.copyOf(queries);
    }

    private Query whole(String text) {
        JsonTokens in = new JsonTokens(text);
        in.next();
        Query query = object(in, 1);
        in.end();
        return query;
    }

    /** The offset is that of the string, since offsets within it are shifted by escapes. */
    private Query quoted(JsonTokens in) {
        try {
            return whole(in.string());
        } catch (QueryException e) {
            throw e.at(in.offset());
        }
    }

    private Query object(JsonTokens in, int depth) {
        in.expect(JsonToken.START_OBJECT, "$", "query must be an object");
        atMost("nodes", in, ++nodes, limits.nodes());
        atMost("depth", in, depth, limits.depth());
        ParsedQuery draft = new ParsedQuery(in.offset());
        while (in.next() != JsonToken.END_OBJECT) {
            key(in, draft, depth);
        }
        return draft.query(in);
    }

    private void key(JsonTokens in, ParsedQuery draft, int depth) {
        String key = in.string();
        if (!draft.keys.add(key)) {
            throw in.refuse(Code.MALFORMED, "$", "key must be given once", key);
        }
        switch (key) {
            case "method", "attribute", "values" -> {}
            default -> throw in.refuse(Code.MALFORMED, "$", "key must be method, attribute or values", key);
        }
        in.next();
        switch (key) {
            case "method" -> draft.method = method(in);
            case "attribute" -> attribute(in, draft);
            default -> values(in, draft, depth);
        }
    }

    private static Method method(JsonTokens in) {
        in.expect(JsonToken.VALUE_STRING, "$.method", "method must be a string");
        try {
            return Method.of(in.string());
        } catch (QueryException e) {
            throw e.at(in.offset());
        }
    }

    private static void attribute(JsonTokens in, ParsedQuery draft) {
        in.expect(JsonToken.VALUE_STRING, "$.attribute", "attribute must be a string");
        draft.attributeAt = in.offset();
        draft.attribute = path(in, in.string(), "$.attribute");
    }

    private void values(JsonTokens in, ParsedQuery draft, int depth) {
        in.expect(JsonToken.START_ARRAY, "$.values", "values must be an array");
        Method method = draft.method == null ? methodAhead(in, draft) : draft.method;
        ValueReader reader = new ValueReader(in, limits.values(), canonical);
        draft.valuesAt = in.offset();
        while (in.next() != JsonToken.END_ARRAY) {
            draft.lastAt = in.offset();
            try {
                draft.values.add(value(in, method, reader, depth));
            } catch (QueryException e) {
                throw e.within("$.values[" + draft.values.size() + "]");
            }
        }
    }

    /** Returns the method of the query, on which the form of the values depends, from a later position. */
    private static Method methodAhead(JsonTokens in, ParsedQuery draft) {
        JsonTokens ahead = in.ahead(draft.start, "method");
        if (ahead.current() == JsonToken.END_OBJECT) {
            throw draft.withoutMethod(in);
        }
        return method(ahead);
    }

    private @Nullable Object value(JsonTokens in, Method method, ValueReader reader, int depth) {
        return switch (method.kind()) {
            case NESTING -> filter(in, depth + 1);
            case EXISTENCE -> path(in, reader.text("attribute must be a string"), "$");
            case COMPARISON, NULL_CHECK, LIST_OPTION ->
                method == Method.SELECT
                        ? selected(in, reader.text("attribute must be a string"))
                        : plain(in, method, reader);
        };
    }

    private Query.Filter filter(JsonTokens in, int depth) {
        int start = in.offset();
        Query query = object(in, depth);
        if (query instanceof Query.Filter filter) {
            return filter;
        }
        String method = query.method().wireName();
        throw new QueryException(Code.NOT_ALLOWED, "$", "filter must not be a list option", method).at(start);
    }

    private @Nullable Object plain(JsonTokens in, Method method, ValueReader reader) {
        Object value = reader.value();
        if (value instanceof String text && isSearch(method)) {
            atMost("needle length", in, text.length(), limits.needleLength());
        }
        return value;
    }

    private static boolean isSearch(Method method) {
        return switch (method.positive()) {
            case CONTAINS, CONTAINS_ANY, CONTAINS_ALL -> true;
            default -> false;
        };
    }

    private static String selected(JsonTokens in, String text) {
        if (!text.equals(ListQuery.Select.EVERYTHING)) {
            path(in, text, "$");
        }
        return text;
    }

    private static AttributePath path(JsonTokens in, String text, String path) {
        try {
            return AttributePath.parse(text);
        } catch (QueryException e) {
            throw e.within(path).at(in.offset());
        }
    }

    private void checkLength(String text) {
        long before = length;
        length += text.length();
        if (length > limits.textLength()) {
            throw exceeded("text length", length, limits.textLength()).at((int) (limits.textLength() - before));
        }
    }

    private static void atMost(String parameter, JsonTokens in, int value, int limit) {
        if (value > limit) {
            throw exceeded(parameter, value, limit).at(in.offset());
        }
    }

    private static QueryException exceeded(String parameter, long value, int limit) {
        return new QueryException(Code.LIMIT_EXCEEDED, "$", parameter + " must be at most " + limit, value);
    }
}
