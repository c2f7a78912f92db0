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

/** The tokens of a JSON text, each with its offset. Text that is not JSON is rejected. */
final class JsonTokens {

    private static final int SHOWN_BEFORE = 16;
    /** One more than a message shows, so that the message ends with dots. */
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

    /** Advances, and returns the token; at the end of the text {@code NOT_AVAILABLE}. */
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

    /** Returns the text of the token; for a string or a key, without quotes and escapes. */
    String string() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Returns the offset of the token. */
    int offset() {
        return current == JsonToken.NOT_AVAILABLE ? text.length : offset(parser.currentTokenLocation());
    }

    /** Rejects any other token than the given one. */
    void expect(JsonToken token, String path, String problem) {
        if (current != token) {
            throw malformed(path, problem);
        }
    }

    /** Rejects any text after the end. */
    void end() {
        if (next() != JsonToken.NOT_AVAILABLE) {
            throw malformed("$", "text must end after its query or array");
        }
    }

    /** Returns the exception for the token, with an excerpt of the text from there on. */
    QueryException malformed(String path, String problem) {
        return malformed(offset(), path, problem);
    }

    /** Returns the exception for an offset, with an excerpt of the text from there on. */
    QueryException malformed(int offset, String path, String problem) {
        return new QueryException(Code.MALFORMED, path, problem, text(offset, SHOWN_AFTER)).at(offset);
    }

    /** Returns the exception for the token. */
    QueryException refuse(Code code, String path, String problem, @Nullable Object value) {
        return new QueryException(code, path, problem, value).at(offset());
    }

    /**
     * Returns other tokens of the same text, at the value of a key of the object that begins at an offset, or at the
     * end of the object if it has no such key. Linear in the length of the object.
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

    /** Returns an offset in the text. The tokenizer counts from its start, and beyond the end if the end is missing. */
    private int offset(JsonLocation location) {
        return Math.min(text.length, start + (int) Math.max(0, location.getCharOffset()));
    }

    private String text(int from, int length) {
        return new String(text, from, Math.min(length, text.length - from));
    }
}
