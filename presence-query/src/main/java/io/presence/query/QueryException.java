package io.presence.query;

import io.presence.query.internal.ErrorExcerpt;
import org.jspecify.annotations.Nullable;

/**
 * The exception for an invalid query, with a {@link #code()}, a {@link #path()} and an {@link #offset()}.
 *
 * <p>The message has the form {@code <parameter> <rule>: <value>}, followed by the path unless that is {@code $}. Its
 * length is bounded: it contains at most 64 characters of a value, with control characters escaped, and only the size
 * of a list or map.
 */
public final class QueryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_PATH = 256;

    /** The reason for the exception. */
    public enum Code {
        /** The text is not JSON, or not a query in JSON. */
        MALFORMED,
        /** The method does not exist in this language. */
        UNKNOWN_METHOD,
        /** The path of an attribute is malformed or out of bounds. */
        INVALID_ATTRIBUTE,
        /** The attribute is not in the schema, or has no keys within it. */
        UNKNOWN_ATTRIBUTE,
        /** The number of values is not permitted for the method. */
        WRONG_COUNT,
        /** A value has a type, a form or a size that is not permitted at its place. */
        INVALID_VALUE,
        /** The method is not permitted there, such as an option among filters or a list option in a subscription. */
        NOT_ALLOWED,
        /** The option was given before, or excludes one that was. */
        CONFLICT,
        /** The query is larger or deeper than the limits. */
        LIMIT_EXCEEDED
    }

    private final Code code;
    private final String path;
    private final int offset;
    private final String reason;

    /**
     * Creates an exception for a query that was not read from text.
     *
     * @param code the reason
     * @param path the path of the cause, such as {@code $[1].values[0]}; the query itself is {@code $}
     * @param problem the parameter and the rule, without text from the query
     * @param value the value that breaks the rule; a bounded excerpt is added to the message
     */
    public QueryException(Code code, String path, String problem, @Nullable Object value) {
        this(code, bounded(path), -1, problem + ": " + ErrorExcerpt.of(value));
    }

    private QueryException(Code code, String path, int offset, String reason) {
        super(path.equals("$") ? reason : reason + " (at " + path + ")");
        this.code = Checks.notNull("code", code);
        this.path = path;
        this.offset = offset;
        this.reason = reason;
    }

    /**
     * Returns this exception as seen from an enclosing query: the path begins with {@code parent} instead of {@code $}.
     *
     * @param parent the path of the query that caused this
     */
    public QueryException within(String parent) {
        return copy(parent + path.substring(1), offset);
    }

    /** Returns this exception with the offset of its cause in the text of the query. */
    public QueryException at(int newOffset) {
        return copy(path, newOffset);
    }

    /** Returns the reason. */
    public Code code() {
        return code;
    }

    /** Returns the path of the cause, from the outermost query {@code $} inwards: {@code $[1].values[0]}. */
    public String path() {
        return path;
    }

    /**
     * Returns the offset of the cause in the text of the query, or -1 if the exception did not occur while the query
     * was read from text.
     */
    public int offset() {
        return offset;
    }

    private QueryException copy(String newPath, int newOffset) {
        QueryException copy = new QueryException(code, bounded(newPath), newOffset, reason);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    private static String bounded(String path) {
        return path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "...";
    }
}
