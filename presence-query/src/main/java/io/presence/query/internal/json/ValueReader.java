package io.presence.query.internal.json;

import com.fasterxml.jackson.core.JsonToken;
import io.presence.query.QueryException;
import io.presence.query.QueryException.Code;
import io.presence.query.internal.ErrorExcerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reader of the values of one query, which counts them. */
final class ValueReader {

    /** The maximum nesting of a value. */
    static final int MAX_DEPTH = 16;

    private final JsonTokens in;
    private final int limit;
    private final Function<Number, Object> canonical;
    private int count;

    ValueReader(JsonTokens in, int limit, Function<Number, Object> canonical) {
        this.in = in;
        this.limit = limit;
        this.canonical = canonical;
    }

    /** Reads the value that begins at the current token. */
    @Nullable Object value() {
        return value(0);
    }

    /** Reads the text that begins at the current token. */
    String text(String problem) {
        int start = in.offset();
        Object value = value();
        if (value instanceof String text) {
            return text;
        }
        throw new QueryException(Code.INVALID_VALUE, "$", problem, value).at(start);
    }

    private @Nullable Object value(int depth) {
        count();
        return switch (in.current()) {
            case VALUE_STRING -> in.string();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case START_ARRAY -> list(deeper(depth));
            case START_OBJECT -> map(deeper(depth));
            default -> throw new AssertionError(in.current());
        };
    }

    private void count() {
        if (++count > limit) {
            throw in.refuse(Code.LIMIT_EXCEEDED, "$", "values must be at most " + limit, count);
        }
    }

    private int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            String problem = "value must be nested at most " + MAX_DEPTH + " deep";
            throw in.refuse(Code.LIMIT_EXCEEDED, "$", problem, depth + 1);
        }
        return depth + 1;
    }

    private Object number() {
        String text = in.string();
        if (text.length() > JsonNumbers.MAX_LENGTH) {
            String problem = "number must have at most " + JsonNumbers.MAX_LENGTH + " characters";
            throw in.refuse(Code.LIMIT_EXCEEDED, "$", problem, text.length());
        }
        try {
            boolean whole = in.current() == JsonToken.VALUE_NUMBER_INT;
            return canonical.apply(whole ? JsonNumbers.integer(text) : JsonNumbers.decimal(text));
        } catch (ArithmeticException e) {
            throw in.refuse(Code.LIMIT_EXCEEDED, "$", "number must have an exponent of 32 bits", text);
        } catch (QueryException e) {
            throw e.at(in.offset());
        }
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            try {
                list.add(value(depth));
            } catch (QueryException e) {
                throw e.within("$[" + list.size() + "]");
            }
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.next() != JsonToken.END_OBJECT) {
            String key = in.string();
            checkKey(key, map);
            in.next();
            try {
                map.put(key, value(depth));
            } catch (QueryException e) {
                throw e.within("$." + ErrorExcerpt.of(key));
            }
        }
        return map;
    }

    /**
     * A key with half of a surrogate pair is rejected: the tokenizer rejects its escape, so it could not be read back.
     */
    private void checkKey(String key, Map<String, ?> earlier) {
        if (earlier.containsKey(key)) {
            throw in.refuse(Code.MALFORMED, "$", "key must be given once", key);
        }
        if (Surrogates.isAnyLoneIn(key)) {
            throw in.refuse(Code.MALFORMED, "$", "key must not have half of a surrogate pair", key);
        }
    }
}
