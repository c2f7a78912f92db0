package io.presence.query.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.presence.query.QueryException;
import io.presence.query.QueryException.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of a JSON text, one after the other, each with its offset. Text that is not JSON is refused. */
final class JsonTokens {
    private static final int SHOWN_BEFORE = 16;
    /** One more than a message shows, which it tells by dots. */
    private static final int SHOWN_AFTER = 65;

    private final char[] text;
    private final int start;
    private final JsonParser parser;
    private JsonToken current = JsonToken.NOT_AVAILABLE;

    JsonTokens(String text) {
        this(text.toCharArray(), 0);
    }

    private JsonTokens(char[] text, int start) {
        this.text = text;
        this.start = start;
        try {
            this.parser = Jackson.parser(text, start);
        } catch (IOException e) {
            throw new AssertionError("text is in memory", e);
        }
    }

    /** Moves on, and returns the token there; at the end of the text {@code NOT_AVAILABLE}. */
    JsonToken next() {
        try {
            JsonToken next = parser.nextToken();
            current = next == null ? JsonToken.NOT_AVAILABLE : next;
            return current;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    JsonToken current() {
        return current;
    }

    /** Returns the text of the token; of a string or a key, without quotes and escapes. */
    String string() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Returns where the token begins. */
    int offset() {
        return current == JsonToken.NOT_AVAILABLE ? text.length : offset(parser.currentTokenLocation());
    }

    /** Refuses any token but this one. */
    void expect(JsonToken token, String path, String problem) {
        if (current != token) {
            throw malformed(path, problem);
        }
    }

    /** Refuses anything but the end of the text. */
    void end() {
        if (next() != JsonToken.NOT_AVAILABLE) {
            throw malformed("$", "text must end after its query or array");
        }
    }

    /** Refuses the token, and shows the text from there on. */
    QueryException malformed(String path, String problem) {
        return malformed(offset(), path, problem);
    }

    /** Refuses what begins at an offset, and shows the text from there on. */
    QueryException malformed(int offset, String path, String problem) {
        return new QueryException(Code.MALFORMED, path, problem, text(offset, SHOWN_AFTER)).at(offset);
    }

    /** Refuses the token. */
    QueryException refuse(Code code, String path, String problem, @Nullable Object value) {
        return new QueryException(code, path, problem, value).at(offset());
    }

    /**
     * Returns other tokens of the same text, at the value of a key of the object that begins at an offset; at the end of
     * the object when it has no such key. Linear in the length of the object.
     */
    JsonTokens ahead(int object, String key) {
        JsonTokens ahead = new JsonTokens(text, object);
        ahead.next();
        while (ahead.next() == JsonToken.FIELD_NAME) {
            boolean found = ahead.string().equals(key);
            ahead.next();
            if (found) {
                return ahead;
            }
            ahead.skip();
        }
        return ahead;
    }

    private void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private QueryException refusal(IOException e) {
        JsonLocation location = e instanceof JsonProcessingException json ? json.getLocation() : null;
        int offset = offset(location == null ? parser.currentLocation() : location);
        if (e instanceof StreamConstraintsException) {
            String problem = "text must be nested at most " + Jackson.MAX_NESTING + " deep";
            return new QueryException(Code.LIMIT_EXCEEDED, "$", problem, Jackson.MAX_NESTING + 1).at(offset);
        }
        String around = text(Math.max(0, offset - SHOWN_BEFORE), SHOWN_BEFORE + SHOWN_AFTER);
        return new QueryException(Code.MALFORMED, "$", "text must be JSON", around).at(offset);
    }

    /** The tokenizer counts from where it began, and past the end when that is what it missed. */
    private int offset(JsonLocation location) {
        return Math.min(text.length, start + (int) Math.max(0, location.getCharOffset()));
    }

    private String text(int from, int length) {
        return new String(text, from, Math.min(length, text.length - from));
    }
}
