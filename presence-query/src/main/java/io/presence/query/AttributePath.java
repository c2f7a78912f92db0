package io.presence.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The path to a value in a record: the name of an attribute, followed by keys of nested maps.
 *
 * <p>In the text form, dots separate the keys: {@code metadata.cursor.x}. A dot within a key is written {@code \.} and
 * a backslash {@code \\}; any other use of a backslash is rejected. {@link #parse} reads the text that
 * {@link #toString} writes. A key that is a number is only a key: no path leads to an element of a list by its
 * position.
 *
 * <p><b>Order.</b> By the keys, in the order of Unicode code points; a path comes before those within it. So a hash
 * table of paths whose hash codes a caller has made equal is searched in logarithmic time.
 *
 * <p><b>Cost.</b> Linear in the length of the text.
 * <p><b>Threads.</b> Immutable.
 * <p><b>Errors.</b> A path has 1 to {@value #MAX_SEGMENTS} keys, none of them empty, and at most {@value #MAX_LENGTH}
 * characters in the text form. Any other path is rejected with a {@link QueryException} of code
 * {@code INVALID_ATTRIBUTE}.
 *
 * @param segments the keys, outermost first, without escapes
 */
public record AttributePath(List<String> segments) implements Comparable<AttributePath> {

    /** The maximum number of characters of a path in the text form, including escapes. */
    public static final int MAX_LENGTH = 512;
    /** The maximum number of keys of a path: an attribute and 32 nested keys. */
    public static final int MAX_SEGMENTS = 33;

    /**
     * Creates a path from keys without escapes.
     *
     * @throws QueryException {@code INVALID_ATTRIBUTE} if the number of keys or the length is out of bounds, or a key
     *     is empty
     */
    public AttributePath {
        segments = List.copyOf(Checks.all("segments", segments));
        if (segments.isEmpty() || segments.size() > MAX_SEGMENTS) {
            throw invalid("attribute must have 1 to " + MAX_SEGMENTS + " keys", segments.size());
        }
        int length = segments.size() - 1;
        for (String segment : segments) {
            if (segment.isEmpty()) {
                throw invalid("attribute must not have an empty key", String.join(".", segments));
            }
            length = Math.addExact(length, segment.length() + escapes(segment));
        }
        if (length > MAX_LENGTH) {
            throw invalid("attribute must have at most " + MAX_LENGTH + " characters", length);
        }
    }

    @Override
    public int compareTo(AttributePath other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int order = Values.compareStrings(segments.get(i), other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    /** Creates a path from keys without escapes: {@code of("metadata", "a.b")} is {@code metadata.a\.b}. */
    public static AttributePath of(String... segments) {
        return new AttributePath(Checks.all("segments", segments));
    }

    /**
     * Reads a path from text.
     *
     * @throws QueryException {@code INVALID_ATTRIBUTE} if the text is too long, has too many keys or an empty one, or
     *     has a backslash before anything but a dot or a backslash
     */
    public static AttributePath parse(String text) {
        if (Checks.notNull("text", text).length() > MAX_LENGTH) {
            throw invalid("attribute must have at most " + MAX_LENGTH + " characters", text.length());
        }
        List<String> segments = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                segments.add(key.toString());
                key.setLength(0);
            } else {
                key.append(c == '\\' ? escaped(text, ++i) : c);
            }
        }
        segments.add(key.toString());
        return new AttributePath(segments);
    }

    /** Returns the first key, which is the name of the attribute. */
    public String root() {
        return segments.get(0);
    }

    /** Returns the number of keys. */
    public int size() {
        return segments.size();
    }

    /** Returns the text form of this path, which {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            if (text.length() > 0) {
                text.append('.');
            }
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                if (needsEscape(c)) {
                    text.append('\\');
                }
                text.append(c);
            }
        }
        return text.toString();
    }

    private static char escaped(String text, int index) {
        if (index == text.length() || !needsEscape(text.charAt(index))) {
            throw invalid("attribute must have a dot or a backslash after each backslash", text);
        }
        return text.charAt(index);
    }

    private static int escapes(String segment) {
        return (int) segment.chars().filter(c -> needsEscape((char) c)).count();
    }

    private static boolean needsEscape(char c) {
        return c == '.' || c == '\\';
    }

    private static QueryException invalid(String problem, Object value) {
        return new QueryException(QueryException.Code.INVALID_ATTRIBUTE, "$", problem, value);
    }
}
