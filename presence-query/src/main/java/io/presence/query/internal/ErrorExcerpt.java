package io.presence.query.internal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An excerpt of a value for an error message: of bounded length and on one line. */
public final class ErrorExcerpt {

    static final int MAX_CHARS = 64;

    private ErrorExcerpt() {}

    /** Returns a quoted and escaped string, the size of a list or a map, or the text of any other value. */
    public static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return quote(text);
        }
        if (value instanceof List<?> list) {
            return "list of " + list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return "map of " + map.size();
        }
        if (value instanceof Class<?> type) {
            return cut(type.getName());
        }
        return cut(String.valueOf(value));
    }

    private static String quote(String text) {
        int end = end(text);
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(text.codePointCount(0, end)).forEach(c -> append(out, c));
        return out.append(end < text.length() ? "...\"" : "\"").toString();
    }

    private static void append(StringBuilder out, int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (isPlain(c)) {
            out.appendCodePoint(c);
        } else {
            out.append(String.format("\\u%04x", c));
        }
    }

    /** Returns whether a character keeps a log line on one line and in one direction. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String cut(String text) {
        int end = end(text);
        return end < text.length() ? text.substring(0, end) + "..." : text;
    }

    private static int end(String text) {
        if (text.length() <= MAX_CHARS) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
    }
}
